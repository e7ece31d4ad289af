package dev.objectos.runtime.event;

import dev.objectos.runtime.query.JsonDocument;
import java.time.Instant;
import java.util.UUID;

/**
 * A committed change with its place among all of them.
 *
 * @param position greater than those of all changes that became visible before
 * @param changes as {@link RecordChange#changes}; raw, so for nobody to be shown
 * @param version the record's version afterwards; for a deleted record its last
 */
public record CommittedChange(long position, UUID tenant, String object, UUID record, ChangeAction action,
        JsonDocument changes, long version, Instant at) {}
