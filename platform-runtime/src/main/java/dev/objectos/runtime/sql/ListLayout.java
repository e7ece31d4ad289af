package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows become an object whose one member is an array of them. Columns are counted from 1; all are text.
 *
 * @param name of the member, as JSON with the colon
 * @param object whose records they are
 * @param members of each
 * @param size how the writer knows that the rows are not too large
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ListLayout(byte[] name, String object, List<PageLayout.Member> members, SizeCheck size) implements AnswerLayout {

    private static final int USUAL_SIZE = 8 << 10;

    ListLayout {
        members = List.copyOf(members);
    }

    @Override
    public @Nullable JsonDocument write(ResultSet rows) throws SQLException {
        var json = new JsonBytes(USUAL_SIZE);
        var writer = new RowWriter(rows, json, object, size);
        json.raw('{').raw(name).raw('[');
        boolean first = true;
        while (rows.next()) {
            if (!first) {
                json.raw(',');
            }
            if (!writer.object(members)) {
                return null;
            }
            first = false;
        }
        return new JsonDocument(json.raw(']').raw('}').toArray());
    }
}
