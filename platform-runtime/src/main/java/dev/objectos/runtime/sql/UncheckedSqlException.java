package dev.objectos.runtime.sql;

import java.sql.SQLException;

/** Carries a failure of the database past code that knows nothing of it to the executor, which may try again. */
final class UncheckedSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    UncheckedSqlException(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }
}
