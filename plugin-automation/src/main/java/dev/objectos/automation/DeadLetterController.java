package dev.objectos.automation;

import dev.objectos.runtime.event.DeadLetter;
import dev.objectos.runtime.event.DeadLetterPage;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.DeadLetters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Events that could not be delivered, for platform administrators. */
@RestController
@RequestMapping("/api/automation/dead-letters")
public final class DeadLetterController {

    private static final JsonMapper JSON = new JsonMapper();

    private final DeadLetters letters;

    public DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping
    Map<String, @Nullable Object> page(@RequestParam(name = "subscriber", required = false) @Nullable String subscriber,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", defaultValue = "50") int limit, Session session) {
        DeadLetterPage page = letters.page(subscriber, cursor, limit, session);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("items", page.items().stream().map(DeadLetterController::item).toList());
        answer.put("nextCursor", page.nextCursor());
        return answer;
    }

    @GetMapping("/{id}")
    Map<String, @Nullable Object> get(@PathVariable("id") long id, Session session) {
        return item(letters.get(id, session));
    }

    @PostMapping("/{id}/replay")
    Map<String, Object> replay(@PathVariable("id") long id, Session session) {
        letters.replay(id, session);
        return Map.of("replayed", 1);
    }

    /** All letters of one subscriber. */
    @PostMapping("/replay")
    Map<String, Object> replayAll(@RequestParam("subscriber") String subscriber, Session session) {
        return Map.of("replayed", letters.replayAll(subscriber, session));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable("id") long id, Session session) {
        letters.discard(id, session);
    }

    private static Map<String, @Nullable Object> item(DeadLetter letter) {
        RecordChange change = letter.event().change();
        var item = new LinkedHashMap<String, @Nullable Object>();
        item.put("id", letter.id());
        item.put("subscriber", letter.subscriber());
        item.put("event", letter.event().id());
        item.put("object", change.object());
        item.put("record", change.record());
        item.put("action", change.action().word());
        item.put("changes", JSON.readTree(change.changes().utf8()));
        item.put("version", change.version());
        item.put("actor", change.actor());
        item.put("origin", change.origin().name().toLowerCase(Locale.ROOT));
        item.put("occurredAt", change.at());
        item.put("attempts", letter.event().attempt());
        item.put("cause", letter.cause());
        item.put("diedAt", letter.diedAt());
        return item;
    }
}
