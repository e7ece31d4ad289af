package dev.objectos.runtime.event;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that has been committed.
 *
 * @param changes <code>{"field":{"from":…,"to":…}}</code> for every stored field that changed; values of password and
 *        secret fields never appear
 * @param version the record's version afterwards; for a deleted record its last
 * @param actor the acting user's record id; null for the platform's own work
 */
public record RecordChange(UUID tenant, String object, UUID record, ChangeAction action, JsonDocument changes,
        long version, @Nullable UUID actor, Origin origin, Instant at) {}
