package dev.objectos.runtime.database;

import org.jspecify.annotations.Nullable;

/** The server cannot start with this database; says why and what to do. */
public final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableDatabaseException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** What the operator should do. */
    public String action() {
        return action;
    }
}
