package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Writes down who takes copies of the trail itself. */
public final class TrailExports {

    private final EntryStore entries;
    private final Retention retention;
    private final Clock clock;

    public TrailExports(EntryStore entries, Retention retention, Clock clock) {
        this.entries = entries;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Once it has ended, so that a copy does not hold the entry about itself.
     *
     * @param filters by which it was narrowed, without their values
     * @param whole false: it broke off
     */
    public void ended(Session session, List<String> filters, long rows, boolean whole) {
        RequestOrigin place = RequestOrigin.current();
        Map<String, ?> details = Map.of("filter", filters, "rows", rows, "whole", whole);
        entries.add(new NewEntry(clock.instant(), "audit.export", "_audit_log", null, session.userId(),
                AuditRecorder.impersonator(session), session.tenant(), place.ipAddress(), place.userAgent(),
                place.requestId(), AuditRecorder.origin(session), details), retention.days(session.tenant()));
    }
}
