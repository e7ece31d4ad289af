package dev.objectos.permissions.api;

import dev.objectos.permissions.RecordSharing;
import dev.objectos.permissions.share.Access;
import dev.objectos.permissions.share.Grantee;
import dev.objectos.permissions.share.Share;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Opens single records to others, and closes them again. */
@RestController
@RequestMapping("/api/permissions/shares")
public final class ShareController {

    private static final Set<String> MEMBERS = Set.of("object", "recordId", "user", "role", "access", "expiresAt");

    private final RecordSharing sharing;

    public ShareController(RecordSharing sharing) {
        this.sharing = sharing;
    }

    @GetMapping
    Map<String, Object> of(@RequestParam(name = "object") String object,
            @RequestParam(name = "recordId") String record, Session session) {
        return Map.of("shares", sharing.of(object, id(object, record), session).stream()
                .map(ShareController::rendered).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> share(@RequestBody byte[] body, Session session) {
        JsonNode json = QuestionBody.object(body);
        for (String name : json.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw QuestionBody.refused("\"" + name
                        + "\" is not known; a share has object, recordId, user or role, access, expiresAt");
            }
        }
        String object = needed(json, "object");
        return rendered(sharing.share(object, id(object, needed(json, "recordId")), grantee(json), access(json),
                until(json), session));
    }

    @DeleteMapping("/{id}")
    Map<String, Object> end(@PathVariable("id") String id, Session session) {
        UUID share = FieldValues.id(id).orElseThrow(
                () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such share"));
        sharing.end(share, session);
        return Map.of("id", share, "success", true);
    }

    private static String needed(JsonNode json, String member) {
        String value = QuestionBody.text(json, member);
        if (value == null) {
            throw QuestionBody.refused("A share needs \"" + member + "\"");
        }
        return value;
    }

    private static Grantee grantee(JsonNode json) {
        String user = QuestionBody.text(json, "user");
        String role = QuestionBody.text(json, "role");
        if ((user == null) == (role == null)) {
            throw QuestionBody.refused("Share with a user, by the id of their record, or with a role");
        }
        if (role != null) {
            return new Grantee.Role(role);
        }
        return FieldValues.id(String.valueOf(user)).<Grantee>map(Grantee.User::new)
                .orElseThrow(() -> QuestionBody.refused("\"user\" is the id of a user's record"));
    }

    private static Access access(JsonNode json) {
        String access = QuestionBody.text(json, "access");
        return access == null
                ? Access.READ
                : Access.named(access)
                        .orElseThrow(() -> QuestionBody.refused("\"access\" is read, read_write or full"));
    }

    private static @Nullable Instant until(JsonNode json) {
        String written = QuestionBody.text(json, "expiresAt");
        try {
            return written == null ? null : OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"expiresAt\" is an instant such as 2026-01-31T14:30:00Z", e);
        }
    }

    private static UUID id(String object, String written) {
        return FieldValues.id(written).orElseThrow(() -> new PlatformException(RuntimeError.RECORD_NOT_FOUND,
                "There is no record with the id " + written).about(object));
    }

    private static Map<String, @Nullable Object> rendered(Share share) {
        var rendered = new LinkedHashMap<String, @Nullable Object>();
        rendered.put("id", share.id());
        rendered.put("object", share.object());
        rendered.put("recordId", share.record());
        switch (share.grantee()) {
            case Grantee.User(UUID id) -> rendered.put("user", id);
            case Grantee.Role(String name) -> rendered.put("role", name);
        }
        rendered.put("access", share.access().word());
        rendered.put("grantedBy", share.grantedBy());
        rendered.put("grantedAt", share.grantedAt());
        rendered.put("expiresAt", share.expiresAt());
        return rendered;
    }
}
