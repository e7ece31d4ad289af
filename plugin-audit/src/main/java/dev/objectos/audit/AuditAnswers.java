package dev.objectos.audit;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.audit.entry.EntryCursor;
import dev.objectos.audit.view.Trail;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries as callers of the API read them. */
final class AuditAnswers {

    private AuditAnswers() {}

    static Map<String, @Nullable Object> page(Map<String, @Nullable Object> about, Trail.Page page) {
        var answer = new LinkedHashMap<String, @Nullable Object>(about);
        answer.put("events", page.entries().stream().map(AuditAnswers::entry).toList());
        EntryCursor next = page.next();
        answer.put("nextCursor", next == null ? null : next.text());
        return answer;
    }

    static Map<String, @Nullable Object> entry(AuditEntry entry) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", entry.id());
        answer.put("at", entry.at());
        answer.put("action", entry.action());
        answer.put("object", entry.object());
        answer.put("record", entry.record());
        answer.put("version", entry.version());
        answer.put("user", entry.user());
        answer.put("impersonator", entry.impersonator());
        answer.put("tenant", entry.tenant());
        answer.put("ip", entry.ip());
        answer.put("userAgent", entry.userAgent());
        answer.put("requestId", entry.requestId());
        answer.put("origin", entry.origin());
        answer.put("changes", entry.changes());
        if (!entry.details().isEmpty()) {
            answer.put("details", entry.details());
        }
        return answer;
    }
}
