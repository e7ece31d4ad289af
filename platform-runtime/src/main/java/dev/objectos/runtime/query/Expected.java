package dev.objectos.runtime.query;

import java.time.Instant;

/** What the writer believes to be the stored state; anything else is a conflict. */
public sealed interface Expected {

    /** The record's {@code version}. */
    record Version(long version) implements Expected {}

    /** The record's {@code updated_at}, to the microsecond. */
    record UpdatedAt(Instant at) implements Expected {}
}
