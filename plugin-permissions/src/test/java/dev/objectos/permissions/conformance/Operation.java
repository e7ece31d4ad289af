package dev.objectos.permissions.conformance;

import java.util.Locale;

/** What somebody may do with a record. */
enum Operation {

    CREATE, READ, UPDATE, DELETE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of a permission set that grants it. */
    String grantKey() {
        return switch (this) {
            case CREATE -> "allowCreate";
            case READ -> "allowRead";
            case UPDATE -> "allowEdit";
            case DELETE -> "allowDelete";
        };
    }
}
