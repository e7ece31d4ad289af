package dev.objectos.runtime.sql;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Writes the current row of an answer as a JSON object. */
final class RowWriter {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

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
        members(members);
        if (json.size() > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
    }

    /** @param column that says how large the rows are together; 0: they cannot be too large */
    void checkSize(int column) throws SQLException {
        if (column != 0 && rows.getLong(column) > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
    }

    private void members(List<PageLayout.Member> members) throws SQLException {
        char before = '{';
        for (PageLayout.Member member : members) {
            json.raw(before).raw(member.name());
            before = ',';
            switch (member) {
                case PageLayout.Member.Value(byte[] _, int column, ValueForm form) -> {
                    byte[] text = rows.getBytes(column);
                    if (text == null) {
                        json.raw(NULL);
                    } else {
                        form.write(text, json);
                    }
                }
                case PageLayout.Member.Nested(byte[] _, int present, List<PageLayout.Member> nested) -> {
                    if (rows.getBytes(present) == null) {
                        json.raw(NULL);
                    } else {
                        members(nested);
                    }
                }
            }
        }
        json.raw('}');
    }
}
