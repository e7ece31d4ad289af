package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.sql.WriteConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down, in the transaction of some changes, what they were: both are kept or neither. */
public interface BatchLedger {

    /** Nobody keeps account. */
    BatchLedger NONE = (_, _) -> {};

    /** Called before the commit; what it throws undoes the changes. */
    void note(WriteConnection connection, List<Entry> entries) throws SQLException;

    /**
     * A change that has been made.
     *
     * @param index its place in the batch
     * @param created whether it made a new record
     * @param version of the record afterwards; of a deleted record 0
     * @param before the values that the fields named by the change had, in their Java forms, where they have others now; of
     *        those that are hidden from events none
     */
    record Entry(int index, UUID id, boolean created, long version, Map<String, @Nullable Object> before) {}
}
