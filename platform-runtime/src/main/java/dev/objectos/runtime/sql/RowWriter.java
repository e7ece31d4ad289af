package dev.objectos.runtime.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Writes the rows of an answer, up to a size, as JSON objects. */
final class RowWriter {

    private final ResultSet rows;
    private final JsonBytes json;
    private final String object;

    /** @param object that a refusal names */
    RowWriter(ResultSet rows, JsonBytes json, String object) {
        this.rows = rows;
        this.json = json;
        this.object = object;
    }

    void object(List<PageLayout.Member> members) throws SQLException {
        RowJson.write(members, rows, json);
        if (json.size() > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
    }

    /** @param column that says how large the rows are together; 0: they cannot be too large */
    void checkSize(int column) throws SQLException {
        if (column == 0) {
            return;
        }
        long bytes = rows.getLong(column);
        if (bytes > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
        json.expect((int) bytes);
    }
}
