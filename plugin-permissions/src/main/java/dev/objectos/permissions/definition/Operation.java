package dev.objectos.permissions.definition;

import dev.objectos.runtime.event.ChangeAction;
import java.util.Locale;
import java.util.Optional;

/** What somebody wants to do with records. */
public enum Operation {

    CREATE, READ, UPDATE, DELETE;

    /** The operation that makes such a change. */
    public static Operation of(ChangeAction action) {
        return switch (action) {
            case CREATE -> CREATE;
            case UPDATE -> UPDATE;
            // Whoever may delete a record may take it back.
            case DELETE, RESTORE -> DELETE;
        };
    }

    /** The operation of that name, or of another name that people give it. */
    public static Optional<Operation> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "create", "insert" -> Optional.of(CREATE);
            case "read", "get", "list", "query", "view" -> Optional.of(READ);
            case "update", "edit", "write" -> Optional.of(UPDATE);
            case "delete", "remove", "restore" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }

    /** As files and answers say it: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
