package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.RecordColumn;
import java.util.List;

/**
 * How the rows of a stream are handed on. All columns are text.
 *
 * @param members of the JSON object of each row
 * @param columns the values of each row
 * @param places the column of the result, counted from 1, in which each of them stands
 */
record StreamLayout(List<PageLayout.Member> members, List<RecordColumn> columns, List<Integer> places) {

    StreamLayout {
        members = List.copyOf(members);
        columns = List.copyOf(columns);
        places = List.copyOf(places);
    }
}
