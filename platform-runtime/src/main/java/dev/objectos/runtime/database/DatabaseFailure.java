package dev.objectos.runtime.database;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** What a failure of the database is for whoever asked for something. */
public final class DatabaseFailure {

    private DatabaseFailure() {}

    /** @param what could not be used, such as "The stored values" */
    public static PlatformException of(DataAccessException failure, String what) {
        return of(failure, failure.getCause(SQLException.class), what);
    }

    /** @param what could not be used, such as "The stored values" */
    public static PlatformException of(SQLException failure, String what) {
        return of(failure, failure, what);
    }

    private static PlatformException of(Exception failure, @Nullable SQLException cause, String what) {
        return cause != null && passes(cause)
                ? new PlatformException(RuntimeError.UNAVAILABLE,
                        what + " cannot be reached at the moment; try again", failure)
                : new PlatformException(RuntimeError.INTERNAL, what + " could not be used", failure);
    }

    /** No connection, no room, ended by an administrator, or given up for others. */
    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return failure instanceof SQLTransientException || state.startsWith("08") || state.startsWith("53")
                || state.startsWith("57") || state.startsWith("40") || state.equals("55P03");
    }
}
