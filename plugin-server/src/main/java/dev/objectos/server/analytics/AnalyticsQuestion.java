package dev.objectos.server.analytics;

import dev.objectos.runtime.query.Query;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question as it is asked of records.
 *
 * @param query grouped; where a cell is drilled into, its records
 * @param columns how the columns of the answer are described; none where records are asked for
 * @param totals the same measures over everything; null: not asked for
 * @param zone in which days begin; null: the session's
 */
record AnalyticsQuestion(String cube, Query query, List<Map<String, Object>> columns, @Nullable Query totals,
        @Nullable ZoneId zone) {

    /** Whether the records of a cell are asked for. */
    boolean drills() {
        return columns.isEmpty();
    }
}
