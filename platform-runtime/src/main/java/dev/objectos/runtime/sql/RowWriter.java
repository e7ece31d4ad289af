package dev.objectos.runtime.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Writes the rows of an answer, up to a size, as JSON objects. */
final class RowWriter {

    private final ResultSet rows;
    private final JsonBytes json;
    private final String object;
    private final SizeCheck size;
    private boolean begun;

    /** @param object that a refusal names */
    RowWriter(ResultSet rows, JsonBytes json, String object, SizeCheck size) {
        this.rows = rows;
        this.json = json;
        this.object = object;
        this.size = size;
    }

    /** Whether it could write the row: not one that has a value which is left out for its size. */
    boolean object(List<PageLayout.Member> members) throws SQLException {
        if (!whole()) {
            return false;
        }
        begun = true;
        RowJson.write(members, rows, json);
        refuseMoreThanAllowed(json.size());
        return true;
    }

    private boolean whole() throws SQLException {
        switch (size) {
            case SizeCheck.Each(int column) when rows.getBytes(column) != null -> {
                return false;
            }
            case SizeCheck.Together(int column) when !begun -> {
                long bytes = rows.getLong(column);
                refuseMoreThanAllowed(bytes);
                json.expect((int) bytes);
            }
            case SizeCheck.Each _,SizeCheck.Together _,SizeCheck.None _ -> {
            }
        }
        return true;
    }

    private void refuseMoreThanAllowed(long bytes) {
        if (bytes > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
    }
}
