package dev.objectos.audit;

import dev.objectos.audit.view.Trail;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.TakesParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what: in a tenant, to a record, to a field of it. */
@RestController
@RequestMapping("/api/audit")
public final class AuditController {

    private final Trail trail;

    public AuditController(Trail trail) {
        this.trail = trail;
    }

    /** Newest first. */
    @GetMapping("/events")
    @TakesParameters({"object", "record", "user", "action", "from", "to", "cursor", "limit"})
    Map<String, @Nullable Object> events(@RequestParam Map<String, String> given, Session session) {
        var parameters = new EventParameters(given);
        return AuditAnswers.page(Map.of(), trail.events(parameters.query(session), parameters.limit(), session));
    }

    /** What was done to a record, newest first. */
    @GetMapping("/trail/{object}/{id}")
    @TakesParameters({"cursor", "limit"})
    Map<String, @Nullable Object> trail(@PathVariable("object") String object, @PathVariable("id") String id,
            @RequestParam Map<String, String> given, Session session) {
        return history(object, id, null, given, session);
    }

    /** How the value of a field came about, newest first. */
    @GetMapping("/field-history/{object}/{id}/{field}")
    @TakesParameters({"cursor", "limit"})
    Map<String, @Nullable Object> fieldHistory(@PathVariable("object") String object, @PathVariable("id") String id,
            @PathVariable("field") String field, @RequestParam Map<String, String> given, Session session) {
        return history(object, id, field, given, session);
    }

    private Map<String, @Nullable Object> history(String object, String id, @Nullable String field,
            Map<String, String> given, Session session) {
        var parameters = new EventParameters(given);
        var about = new LinkedHashMap<String, @Nullable Object>();
        about.put("object", object);
        about.put("id", id);
        if (field != null) {
            about.put("field", field);
        }
        return AuditAnswers.page(about,
                trail.of(object, id(object, id), field, parameters.cursor(), parameters.limit(), session));
    }

    private static UUID id(String object, String written) {
        if (!FieldValues.isId(written)) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no record with the id " + written)
                    .about(object);
        }
        return UUID.fromString(written);
    }
}
