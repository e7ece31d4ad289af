package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * How the one row of several answers becomes an object. The first column says how many bytes they have together, the
 * others are the members that are not the same for everybody, in their order.
 *
 * @param object that a refusal names
 */
record ComposedLayout(String object, List<Member> members) implements AnswerLayout {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    ComposedLayout {
        members = List.copyOf(members);
    }

    /**
     * A member of the object.
     *
     * @param name as JSON, with the colon
     * @param column counted from 1; 0: the value is known
     * @param known the value as JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Member(byte[] name, int column, byte[] known) {}

    @Override
    public JsonDocument write(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new IllegalStateException("a composed answer is one row");
        }
        long size = rows.getLong(1);
        if (size > PageSql.MAX_BYTES) {
            throw ReadRefusals.tooLarge().about(object);
        }
        var json = new JsonBytes((int) size + 64 * members.size());
        char before = '{';
        for (Member member : members) {
            byte[] value = member.column() == 0 ? member.known() : rows.getBytes(member.column());
            json.raw(before).raw(member.name()).raw(value == null ? NULL : value);
            before = ',';
        }
        return new JsonDocument((members.isEmpty() ? json.raw('{') : json).raw('}').toArray());
    }
}
