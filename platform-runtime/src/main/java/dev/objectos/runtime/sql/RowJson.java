package dev.objectos.runtime.sql;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Makes the JSON object of the row at which a result stands. */
final class RowJson {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private RowJson() {}

    static void write(List<PageLayout.Member> members, ResultSet rows, JsonBytes json) throws SQLException {
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
                        write(nested, rows, json);
                    }
                }
            }
        }
        json.raw('}');
    }
}
