package dev.objectos.audit.entry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are looked for; null: whatever.
 *
 * @param tenants of whom; {@link AuditEntry#NO_TENANT} for what concerns none
 * @param field whose changes
 * @param from inclusive
 * @param to exclusive
 * @param after the last entry that was shown; entries come newest first
 */
public record EntryQuery(List<UUID> tenants, @Nullable String object, @Nullable UUID record, @Nullable UUID user,
        @Nullable String action, @Nullable String field, @Nullable Instant from, @Nullable Instant to,
        @Nullable EntryCursor after) {

    public EntryQuery {
        tenants = List.copyOf(tenants);
    }

    /** Everything about one record. */
    public static EntryQuery about(UUID tenant, String object, UUID record, @Nullable String field,
            @Nullable EntryCursor after) {
        return new EntryQuery(List.of(tenant), object, record, null, null, field, null, null, after);
    }
}
