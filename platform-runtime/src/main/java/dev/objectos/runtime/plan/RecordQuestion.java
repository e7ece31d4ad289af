package dev.objectos.runtime.plan;

import dev.objectos.runtime.event.ChangeAction;

/** What the write path asks about stored records of an object, beside their ids. */
public sealed interface RecordQuestion {

    String object();

    /** Which of the records the session sees. */
    record Seen(String object) implements RecordQuestion {}

    /** Which of the records the session sees, and of each whether the session may change it so. */
    record Changeable(String object, ChangeAction action) implements RecordQuestion {}

    /** Which of the records the session may change so, whether it sees them or not. */
    record Permitted(String object, ChangeAction action) implements RecordQuestion {}

    /** The same as {@link Changeable} of records in the recycle bin, as they lie there. */
    record Binned(String object, ChangeAction action) implements RecordQuestion {}

    /**
     * How many records the session could find that refer to the given ones, apart from some.
     *
     * @param field a reference to a single record
     */
    record Referring(String object, String field) implements RecordQuestion {}
}
