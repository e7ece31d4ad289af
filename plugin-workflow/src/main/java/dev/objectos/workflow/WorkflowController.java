package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.session.Session;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.diagram.MermaidDiagram;
import dev.objectos.workflow.diagram.SvgDiagram;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where records stand in their workflows, and their way on; workflows as pictures. */
@RestController
@RequestMapping("/api/workflow")
public final class WorkflowController {

    private static final JsonMapper JSON = new JsonMapper();
    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml;charset=UTF-8");
    private static final MediaType MERMAID = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final RecordWorkflows workflows;

    public WorkflowController(RecordWorkflows workflows) {
        this.workflows = workflows;
    }

    @GetMapping("/{object}/{id}")
    Map<String, @Nullable Object> state(@PathVariable("object") String object, @PathVariable("id") String id,
            Session session, HttpServletResponse response) {
        return answer(workflows.state(object, id(object, id), session), response);
    }

    @PostMapping(path = "/{object}/{id}/{transition}", consumes = {MediaType.APPLICATION_JSON_VALUE,
            "application/*+json"})
    Map<String, @Nullable Object> take(@PathVariable("object") String object,
            @PathVariable("id") String id, @PathVariable("transition") String transition,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body, Session session, HttpServletResponse response) {
        return answer(workflows.take(object, id(object, id), transition, comment(body), expected(ifMatch), session),
                response);
    }

    @GetMapping("/{name}/diagram")
    ResponseEntity<byte[]> diagram(@PathVariable("name") String name,
            @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @SuppressWarnings("unused") Session session) {
        WorkflowDefinition workflow = workflows.definition(name);
        boolean mermaid = wantsText(accept);
        String picture = mermaid ? MermaidDiagram.of(workflow) : SvgDiagram.of(workflow);
        return ResponseEntity.ok().contentType(mermaid ? MERMAID : SVG).header("Vary", "Accept")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff").body(picture.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, @Nullable Object> answer(RecordState state, HttpServletResponse response) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("workflow", state.workflow());
        answer.put("version", state.version());
        answer.put("state", state.state());
        answer.put("transitions", state.transitions().stream().map(WorkflowController::way).toList());
        answer.put("history", state.history().stream().map(WorkflowController::past).toList());
        response.setHeader("ETag", "\"" + state.recordVersion() + "\"");
        return answer;
    }

    private static Map<String, Object> way(RecordState.Way way) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("name", way.name());
        answer.put("label", way.label());
        answer.put("target", way.target());
        answer.put("allowed", way.allowed());
        RecordState.Refusal refusal = way.refusal();
        if (refusal != null) {
            answer.put("because", refusal.because());
        }
        return answer;
    }

    private static Map<String, @Nullable Object> past(RecordState.Past past) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("transition", past.transition());
        answer.put("from", past.from());
        answer.put("to", past.to());
        answer.put("user", past.user());
        answer.put("comment", past.comment());
        answer.put("at", past.at());
        answer.put("version", past.version());
        return answer;
    }

    private static UUID id(String object, String written) {
        if (!FieldValues.isId(written)) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no record with the id " + written)
                    .about(object);
        }
        return UUID.fromString(written);
    }

    /** Nothing, or <code>{"comment": "…"}</code>. */
    private static @Nullable String comment(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body is not JSON", e);
        }
        if (!json.isObject()) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The body is an object such as {\"comment\": \"Enjoy\"}");
        }
        List<String> unknown = json.propertyNames().stream().filter(name -> !name.equals("comment")).toList();
        JsonNode comment = json.path("comment");
        if (!unknown.isEmpty() || !(comment.isMissingNode() || comment.isNull() || comment.isString())) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, unknown.isEmpty()
                    ? "\"comment\" is a text"
                    : "A transition takes \"comment\" and nothing else; \"" + unknown.getFirst() + "\" is not known");
        }
        return comment.isString() ? comment.asString() : null;
    }

    /** As for records: a version or a moment in quotation marks; null: anything. */
    private static @Nullable Expected expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String bare = ifMatch.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
        try {
            return bare.matches("\\d{1,18}")
                    ? new Expected.Version(Long.parseLong(bare))
                    : new Expected.UpdatedAt(OffsetDateTime.parse(bare).toInstant());
        } catch (DateTimeException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "If-Match takes one ETag of the record, such as \"3\", or its updated_at", e);
        }
    }

    private static boolean wantsText(@Nullable String accept) {
        try {
            List<MediaType> wanted = accept == null ? List.of() : MediaType.parseMediaTypes(accept);
            return wanted.stream().anyMatch(MERMAID::equalsTypeAndSubtype)
                    && wanted.stream().noneMatch(SVG::equalsTypeAndSubtype);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
