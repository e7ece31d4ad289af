package dev.objectos.automation;

import dev.objectos.automation.run.Run;
import dev.objectos.automation.run.RunLog;
import dev.objectos.automation.run.RunReplay;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How triggers have run, for platform administrators. */
@RestController
@RequestMapping("/api/automation/runs")
public final class RunController {

    private static final String REFUSAL = "Runs of triggers are for platform administrators";
    private static final int MAXIMUM = 200;

    private final RunLog log;
    private final RunReplay replay;

    public RunController(RunLog log, RunReplay replay) {
        this.log = log;
        this.replay = replay;
    }

    /** Newest first. */
    @GetMapping
    Map<String, @Nullable Object> page(@RequestParam(name = "trigger", required = false) @Nullable String trigger,
            @RequestParam(name = "object", required = false) @Nullable String object,
            @RequestParam(name = "record", required = false) @Nullable String record,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", defaultValue = "50") int limit, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        if (limit < 1 || limit > MAXIMUM) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "limit must be from 1 to " + MAXIMUM);
        }
        List<Run> runs = log.page(new RunLog.Wanted(session.tenant(), trigger, object,
                record == null ? null : id("record", record), status == null ? null : status(status),
                cursor == null ? null : id("cursor", cursor), limit + 1));
        boolean more = runs.size() > limit;
        List<Run> shown = more ? runs.subList(0, limit) : runs;
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("items", shown.stream().map(RunController::item).toList());
        answer.put("nextCursor", more ? shown.getLast().id() : null);
        return answer;
    }

    @GetMapping("/{id}")
    Map<String, @Nullable Object> get(@PathVariable("id") String id, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        return item(run(id, session));
    }

    /** Tries once more what is left of a run, and shows how that went. */
    @PostMapping("/{id}/replay")
    Map<String, @Nullable Object> replay(@PathVariable("id") String id, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        Run run = run(id, session);
        replay.replay(run);
        return item(run(id, session));
    }

    private Run run(String id, Session session) {
        return (FieldValues.isId(id) ? log.get(session.tenant(), UUID.fromString(id)) : java.util.Optional.<Run>empty())
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no run " + id));
    }

    private static UUID id(String parameter, String text) {
        if (!FieldValues.isId(text)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, parameter + " is not an id");
        }
        return UUID.fromString(text);
    }

    private static Run.Status status(String text) {
        return Arrays.stream(Run.Status.values()).filter(status -> word(status).equals(text)).findFirst()
                .orElseThrow(() -> new PlatformException(RuntimeError.INVALID_REQUEST,
                        "status must be one of pending, running, succeeded, failed"));
    }

    private static String word(Run.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> item(Run run) {
        var item = new LinkedHashMap<String, @Nullable Object>();
        item.put("id", run.id());
        item.put("trigger", run.trigger());
        item.put("object", run.object());
        item.put("record", run.record());
        item.put("action", run.action().word());
        item.put("version", run.version());
        item.put("actor", run.actor());
        item.put("status", word(run.status()));
        item.put("error", run.error());
        item.put("attempts", run.attempts());
        item.put("durationMs", run.duration().toNanos() / 1e6);
        item.put("actionsDone", run.done());
        item.put("causedBy", run.chain().stream().map(link -> link.substring(0, link.lastIndexOf('@'))).toList());
        item.put("occurredAt", run.occurredAt());
        item.put("finishedAt", run.finishedAt());
        return item;
    }
}
