package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;

/**
 * That holders of a set reach every record.
 *
 * @param modify for update and delete too, not for reading alone
 */
public record Unlimited(String set, boolean modify, SourceLocation where) {

    /** Whether it gives the operation. */
    public boolean gives(Operation operation) {
        return switch (operation) {
            case READ -> true;
            case UPDATE, DELETE -> modify;
            case CREATE -> false;
        };
    }
}
