package dev.objectos.runtime.sql;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record in the recycle bin.
 *
 * @param object its API name
 * @param deletion what was deleted together has one
 * @param cause what took it along; null: it was deleted by itself
 */
public record BinEntry(String object, UUID record, UUID deletion, @Nullable Cause cause) {

    /**
     * A record that was deleted, and by which field another one went with it.
     *
     * @param field the field's stable id
     */
    public record Cause(String object, UUID record, String field) {}

    /** A deletion under way: what it is called, and why each record goes that nobody asked to delete. */
    public record Deleting(UUID deletion, java.util.Map<UUID, Cause> causes) {

        public Deleting {
            causes = java.util.Map.copyOf(causes);
        }
    }

    /**
     * A reference that a deletion has emptied.
     *
     * @param target the deleted record
     * @param object of the record that referred to it
     * @param field the field's stable id
     */
    public record Reference(UUID target, String object, UUID record, String field) {}
}
