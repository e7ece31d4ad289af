package dev.objectos.permissions.api;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.preview.Difference;
import dev.objectos.permissions.preview.Preview;
import dev.objectos.permissions.preview.Previewer;
import dev.objectos.permissions.preview.SystemDifference;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.UserSessions.Member;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Shows administrators what a change of permissions would do: <code>{"name", "yaml"}</code> or <code>{"name", "content"}</code>. */
@RestController
public final class PreviewController {

    private final Previewer previewer;

    public PreviewController(Previewer previewer) {
        this.previewer = previewer;
    }

    @PostMapping("/api/permissions/preview")
    Map<String, Object> preview(@RequestBody byte[] body, Session session) {
        session.require(SystemPermission.EXPLAIN_PERMISSIONS,
                "Only administrators see what a change of permissions would do");
        Preview preview = previewer.preview(file(body), session);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("gains", rendered(preview.gains(), preview.systemGains()));
        answer.put("loses", rendered(preview.losses(), preview.systemLosses()));
        answer.put("violations", preview.violations().stream().map(PreviewController::rendered).toList());
        return answer;
    }

    /** The change as the file that it would be. */
    private static MetadataFile file(byte[] body) {
        JsonNode json = QuestionBody.object(body);
        String name = json.path("name").asString("");
        JsonNode yaml = json.path("yaml");
        JsonNode content = json.path("content");
        if (!name.matches("\\w{1,100}") || yaml.isString() == content.isObject()) {
            throw QuestionBody.refused(
                    "Say the name of the permission file and its content: {\"name\": \"contacts\", \"yaml\": \"…\"}, "
                            + "or the content as JSON under \"content\"");
        }
        byte[] written = (yaml.isString() ? yaml.asString() : content.toString()).getBytes(StandardCharsets.UTF_8);
        if (written.length > MetadataFile.MAX_BYTES) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A permission file has at most 1 MiB");
        }
        return new MetadataFile("preview/" + name + ".permission.yml", written);
    }

    private static List<Map<String, Object>> rendered(List<Difference> records, List<SystemDifference> beyond) {
        return Stream.concat(records.stream().map(PreviewController::rendered),
                beyond.stream().map(PreviewController::rendered)).toList();
    }

    private static Map<String, Object> rendered(SystemDifference difference) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("roles", difference.roles());
        rendered.put("users", difference.members().stream().limit(Previewer.MOST_COUNTED)
                .map(PreviewController::rendered).toList());
        rendered.put("userCount", difference.members().size());
        rendered.put("systemPermissions", difference.permissions().stream().map(SystemPermission::word).toList());
        return rendered;
    }

    private static Map<String, Object> rendered(Difference difference) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("object", difference.object());
        rendered.put("roles", difference.roles());
        rendered.put("users", difference.members().stream().limit(Previewer.MOST_COUNTED)
                .map(PreviewController::rendered).toList());
        rendered.put("userCount", difference.members().size());
        rendered.put("operations", difference.operations().stream().map(Operation::word).toList());
        rendered.put("fields", difference.visible());
        rendered.put("editableFields", difference.editable());
        rendered.put("records", difference.records().entrySet().stream().map(counted -> {
            var records = new LinkedHashMap<String, Object>(rendered(counted.getKey()));
            counted.getValue().forEach((operation, count) -> records.put(operation.word(), count));
            return records;
        }).toList());
        return rendered;
    }

    private static Map<String, Object> rendered(Member member) {
        return Map.of("id", member.user(), "name", member.name());
    }

    private static Map<String, Object> rendered(Violation violation) {
        return Map.of("severity", violation.severity().name().toLowerCase(Locale.ROOT), "line",
                violation.where().line(), "column", violation.where().column(), "message", violation.message(),
                "suggestion", violation.suggestion());
    }
}
