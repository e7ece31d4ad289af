package dev.objectos.audit.entry;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be written down of something that is no change of a record; see {@link AuditEntry} for the meanings. */
record NewEntry(Instant at, String action, @Nullable String object, @Nullable UUID record, @Nullable UUID user,
        @Nullable UUID impersonator, @Nullable UUID tenant, @Nullable String ip, @Nullable String userAgent,
        @Nullable String requestId, String origin, Map<String, ?> details) {

    NewEntry {
        details = Map.copyOf(details);
    }
}
