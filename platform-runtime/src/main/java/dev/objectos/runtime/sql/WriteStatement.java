package dev.objectos.runtime.sql;

import java.util.List;

/**
 * A compiled write.
 *
 * @param sql with a {@code ?} for each slot
 * @param slots in the order of the question marks
 */
record WriteStatement(String sql, List<WriteSlot> slots) {

    WriteStatement {
        slots = List.copyOf(slots);
    }
}
