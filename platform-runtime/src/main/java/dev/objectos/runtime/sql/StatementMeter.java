package dev.objectos.runtime.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * On whose account the statements of a thread go, where they are on somebody's: how long one may take, and who is told how
 * long it took. Nobody's costs a look at whether there is somebody.
 */
public interface StatementMeter {

    ScopedValue<StatementMeter> CURRENT = ScopedValue.newInstance();

    /** How long one statement may take; counted in whole seconds, begun ones among them. */
    Duration longest();

    /** A statement has ended, well or not. */
    void took(long nanoseconds);

    /** Has the database end the statement in time. */
    static void limit(PreparedStatement statement) throws SQLException {
        if (CURRENT.isBound()) {
            statement.setQueryTimeout(Math.toIntExact(CURRENT.get().longest().plusNanos(999_999_999).toSeconds()));
        }
    }

    static void account(long nanoseconds) {
        if (CURRENT.isBound()) {
            CURRENT.get().took(nanoseconds);
        }
    }
}
