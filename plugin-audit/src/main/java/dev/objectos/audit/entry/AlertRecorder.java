package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Writes down that an alert was raised, in the transaction that raises it. */
public final class AlertRecorder {

    private final EntryStore entries;
    private final Retention retention;

    public AlertRecorder(EntryStore entries, Retention retention) {
        this.entries = entries;
        this.retention = retention;
    }

    /** @param tenant {@link AuditEntry#NO_TENANT} for none */
    public void raised(UUID tenant, String object, String event, long found, long windowMinutes, Instant at) {
        boolean none = tenant.equals(AuditEntry.NO_TENANT);
        entries.add(new NewEntry(at, "audit.alert", object, null, null, null, none ? null : tenant, null, null, null,
                "system", Map.of("event", event, "found", found, "windowMinutes", windowMinutes)),
                retention.days(none ? null : tenant));
    }
}
