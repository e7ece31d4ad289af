package dev.objectos.permissions.api;

import dev.objectos.runtime.session.SystemPermission;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question about a right beyond records as JSON: <code>{"user"?, "systemPermission"}</code>.
 *
 * @param user whom it is about; null: whoever asks
 */
record SystemQuestion(@Nullable String user, SystemPermission permission) {

    private static final String PERMISSION = "systemPermission";
    private static final Set<String> MEMBERS = Set.of("user", PERMISSION);

    /** Whether a question is one of this kind. */
    static boolean is(JsonNode json) {
        return json.has(PERMISSION);
    }

    /** @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} */
    static SystemQuestion read(JsonNode json) {
        for (String name : json.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw QuestionBody.refused("\"" + name
                        + "\" is not known beside systemPermission; such a question has user and systemPermission");
            }
        }
        SystemPermission permission = SystemPermission.named(String.valueOf(QuestionBody.text(json, PERMISSION)))
                .orElseThrow(() -> QuestionBody.refused("\"systemPermission\" is one of "
                        + Arrays.stream(SystemPermission.values()).map(SystemPermission::word)
                                .collect(Collectors.joining(", "))));
        return new SystemQuestion(QuestionBody.text(json, "user"), permission);
    }
}
