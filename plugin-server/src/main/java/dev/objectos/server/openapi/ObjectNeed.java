package dev.objectos.server.openapi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.Locale;

/** What an operation takes for granted about an object and its caller. */
enum ObjectNeed {

    CREATE, UPDATE, DELETE,
    /** Making records, or changing some. */
    IMPORT,
    /** Doing anything to records. */
    CHANGE,
    /** Deleted records stay in the recycle bin. */
    BIN,
    /** Deleted records can be brought back. */
    RESTORE;

    /** @throws IllegalArgumentException where there is none of that name */
    static ObjectNeed named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean met(ObjectDefinition object, ObjectAccess access) {
        return switch (this) {
            case CREATE -> may(access, ChangeAction.CREATE);
            case UPDATE -> may(access, ChangeAction.UPDATE);
            case DELETE -> may(access, ChangeAction.DELETE);
            case IMPORT -> may(access, ChangeAction.CREATE) || may(access, ChangeAction.UPDATE);
            case CHANGE -> !access.changes().isEmpty();
            case BIN -> BinFields.kept(object);
            case RESTORE -> BinFields.kept(object) && may(access, ChangeAction.DELETE);
        };
    }

    private static boolean may(ObjectAccess access, ChangeAction action) {
        return access.changes().contains(action);
    }
}
