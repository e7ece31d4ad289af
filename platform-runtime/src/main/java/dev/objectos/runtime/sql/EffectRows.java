package dev.objectos.runtime.sql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.idempotency.WriteAttempt;
import java.sql.SQLException;
import java.util.List;

/** What an attempt has done, written beside it. */
public final class EffectRows {

    /** The share lock keeps the key from being taken over between this and the commit. */
    private static final WriteStatement NOTE = new WriteStatement(
            "insert into platform.idempotent_effect (tenant_id, user_id, key, step, effect) "
                    + "select k.tenant_id, k.user_id, k.key, cast(? as text), cast(? as jsonb) "
                    + "from platform.idempotency_key as k "
                    + "where k.tenant_id = ? and k.user_id = ? and k.key = ? and k.attempt = ? for share returning 1",
            List.of());

    private EffectRows() {}

    /** The last statement of a transaction; refuses, and so undoes it, where somebody else has taken over. */
    public static void note(WriteConnection connection, WriteAttempt attempt, String step, String effect)
            throws SQLException {
        List<Integer> noted = connection.rows(NOTE, (statement, first) -> {
            statement.setString(first, step);
            statement.setString(first + 1, effect);
            statement.setObject(first + 2, attempt.tenant());
            statement.setObject(first + 3, attempt.user());
            statement.setString(first + 4, attempt.key());
            statement.setObject(first + 5, attempt.id());
        }, row -> row.getInt(1));
        if (noted.isEmpty()) {
            throw new PlatformException(RuntimeError.CONCURRENT_UPDATE,
                    "Another request with this Idempotency-Key has taken over; nothing was written by this one");
        }
    }
}
