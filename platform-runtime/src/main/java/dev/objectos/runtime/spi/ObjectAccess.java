package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.ChangeAction;
import java.util.Set;

/**
 * What a session may do with an object, whatever the record.
 *
 * @param readable whether it may read the object at all; a single record may still be out of its sight
 * @param hidden fields, by API name, that do not exist as far as the session can tell
 * @param masked fields that it sees, but for their values
 * @param changes what it may do to some records, if not to all
 * @param creatable fields that it may fill in where it makes a record
 * @param editable fields that it may write where it changes one
 */
public record ObjectAccess(boolean readable, Set<String> hidden, Set<String> masked, Set<ChangeAction> changes,
        Set<String> creatable, Set<String> editable) {

    public ObjectAccess {
        hidden = Set.copyOf(hidden);
        masked = Set.copyOf(masked);
        changes = Set.copyOf(changes);
        creatable = Set.copyOf(creatable);
        editable = Set.copyOf(editable);
    }

    /** Whether the object has that field, as far as the session can tell. */
    public boolean sees(String field) {
        return !hidden.contains(field);
    }
}
