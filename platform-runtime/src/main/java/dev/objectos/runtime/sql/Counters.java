package dev.objectos.runtime.sql;

import java.sql.SQLException;
import java.util.List;

/** Counters of plugins, in the table of the autonumbers: a number counts as taken once its transaction is committed. */
final class Counters {

    // An object's name holds no colon, so no autonumber counts under such a key.
    private static final WriteStatement TAKE = new WriteStatement("""
            insert into platform.counter as c (tenant_id, object, field, period, value)
            values (?, 'plugin:' || ?, ?, '', 1)
            on conflict (tenant_id, object, field, period) do update set value = c.value + 1
            returning c.value""", List.of());

    private static final WriteStatement LOOK = new WriteStatement("""
            select coalesce(max(c.value), 0) + 1 from platform.counter as c
            where c.tenant_id = ? and c.object = 'plugin:' || ? and c.field = ? and c.period = ''""", List.of());

    private Counters() {}

    /** Takes the next number; merely looks at it outside of a transaction, where a change is judged but not made. */
    static long next(WriteConnection connection, String owner, String counter) throws SQLException {
        return connection.rows(connection.inTransaction() ? TAKE : LOOK, (statement, first) -> {
            statement.setObject(first, connection.session().tenant());
            statement.setString(first + 1, owner);
            statement.setString(first + 2, counter);
        }, row -> row.getLong(1)).getFirst();
    }
}
