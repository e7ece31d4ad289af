package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a page become its JSON. Columns are counted from 1, as JDBC does; all but those that count are text.
 *
 * @param object whose records, or groups, they are
 * @param limit most of them shown; one row more says that there are more
 * @param members of each
 * @param total the column that says how many there are in all, and then {@code present} whether the row is one of them
 *     and not the only one of an empty page; 0: no such column
 * @param told whether a page without more to come tells how many there are in all
 * @param size how the writer knows that the rows are not too large
 * @param cursor what a cursor is made of; null: there is none
 */
record PageLayout(String object, int limit, List<Member> members, int total, int present, boolean told, SizeCheck size,
        @Nullable Place cursor) implements AnswerLayout {

    PageLayout {
        members = List.copyOf(members);
    }

    @Override
    public @Nullable JsonDocument write(ResultSet rows) throws SQLException {
        return PageWriter.write(this, rows);
    }

    /**
     * Where in an order a row stands.
     *
     * @param digest of the order
     * @param keys columns of the values of its keys
     */
    record Place(String digest, List<Integer> keys) {

        Place {
            keys = List.copyOf(keys);
        }
    }

    /** A member of the JSON object of a row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    sealed interface Member {

        /** Its name as JSON, with the colon. */
        byte[] name();

        /** One column. */
        record Value(byte[] name, int column, ValueForm form) implements Member {}

        /** An object of its own; null where the column {@code present} is. */
        record Nested(byte[] name, int present, List<Member> members) implements Member {

            public Nested {
                members = List.copyOf(members);
            }
        }

        static byte[] named(String name) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            return new JsonBytes(text.length + 3).string(text).raw(':').toArray();
        }
    }
}
