package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.spi.SecurityEvent;
import dev.objectos.runtime.spi.SecurityListener;
import java.util.Map;
import java.util.UUID;

/** Writes down what happens to accounts, sessions and members; what cannot be written down does not happen. */
public final class SecurityRecorder implements SecurityListener {

    /** What everybody calls them; other actions keep the names that they have as events. */
    private static final Map<String, String> ACTIONS = Map.of("sign-in.succeeded", "login", "sign-in.failed",
            "login_failed", "sign-out", "logout");

    private final EntryStore entries;
    private final Retention retention;

    public SecurityRecorder(EntryStore entries, Retention retention) {
        this.entries = entries;
        this.retention = retention;
    }

    @Override
    public void happened(SecurityEvent event) {
        RequestOrigin place = RequestOrigin.current();
        Map<String, String> details = event.details();
        UUID record = event.account() == null
                ? FieldValues.id(details.getOrDefault("record", "")).orElse(null)
                : event.account();
        entries.add(new NewEntry(event.at(), ACTIONS.getOrDefault(event.action(), event.action()),
                event.account() == null ? details.get("object") : null, record, event.user(), event.impersonator(),
                event.tenant(), event.ipAddress(),
                event.userAgent(), place.requestId(), place.requestId() == null ? "system" : "rest",
                details), retention.days(event.tenant()));
    }
}
