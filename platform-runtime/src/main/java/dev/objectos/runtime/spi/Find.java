package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A read that somebody has asked for.
 *
 * @param object canonical name of the object that the query names
 * @param record its one record; null: records or groups
 */
public record Find(String object, @Nullable UUID record, Session session) {}
