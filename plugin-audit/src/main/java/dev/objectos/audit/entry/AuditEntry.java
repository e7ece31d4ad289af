package dev.objectos.audit.entry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something that was done.
 *
 * @param record the record's id; of what concerns an account, the account's
 * @param version the record's, after the change
 * @param user the acting person's record in the tenant; null: the platform itself, or nobody known
 * @param impersonator who acted as the user
 * @param tenant null: of none
 * @param origin through which door it came, such as {@code rest} or {@code import}
 * @param changes <code>{"field":{"from":…,"to":…}}</code>; a field whose values are secret has an empty object
 * @param details what else is known, by name
 */
public record AuditEntry(UUID id, Instant at, String action, @Nullable String object, @Nullable UUID record,
        @Nullable Long version, @Nullable UUID user, @Nullable UUID impersonator, @Nullable UUID tenant,
        @Nullable String ip, @Nullable String userAgent, @Nullable String requestId, String origin, JsonNode changes,
        JsonNode details) {

    /** What stands in the place of a tenant where there is none. */
    public static final UUID NO_TENANT = new UUID(0, 0);

    /** The same with other changes. */
    public AuditEntry withChanges(JsonNode others) {
        return new AuditEntry(id, at, action, object, record, version, user, impersonator, tenant, ip, userAgent,
                requestId, origin, others, details);
    }

    /** The same without what tells of the caller's machine, and without whom a record was opened to. */
    public AuditEntry withoutPlace() {
        return new AuditEntry(id, at, action, object, record, version, user, impersonator, tenant, null, null, null,
                origin, changes, action.startsWith("record.") ? JsonNodeFactory.instance.objectNode() : details);
    }
}
