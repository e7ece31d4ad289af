package dev.objectos.automation.run;

import dev.objectos.runtime.query.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is noted about a change: the triggers that it has set off, and whose effect it is. */
final class RunNote {

    /** Under which the recorder finds it. */
    static final String KEY = "automation";

    private final List<Map<String, @Nullable Object>> runs = new ArrayList<>();
    private final Map<String, @Nullable Object> whole = new LinkedHashMap<>();

    /** A trigger that has done all it had to. */
    void succeeded(String trigger, List<Integer> done, long micros) {
        add(trigger, "succeeded", null, done, micros);
    }

    /** A trigger that is not done yet. */
    void pending(String trigger, List<Integer> done, long micros) {
        add(trigger, "pending", null, done, micros);
    }

    void failed(String trigger, String reason, long micros) {
        add(trigger, "failed", reason, List.of(), micros);
    }

    private void add(String trigger, String status, @Nullable String reason, List<Integer> done, long micros) {
        var run = new LinkedHashMap<String, @Nullable Object>();
        run.put("trigger", trigger);
        run.put("status", status);
        run.put("error", reason);
        run.put("done", done);
        run.put("micros", micros);
        runs.add(run);
    }

    boolean hasRuns() {
        return !runs.isEmpty();
    }

    boolean waits() {
        return runs.stream().anyMatch(run -> "pending".equals(run.get("status")));
    }

    void put(String key, @Nullable Object value) {
        whole.put(key, value);
    }

    JsonDocument document() {
        if (!runs.isEmpty()) {
            whole.put("runs", runs);
        }
        return JsonDocument.of(Json.text(whole));
    }
}
