package dev.objectos.auth.scim;

import dev.objectos.auth.token.Tokens;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a tenant as SCIM shows one.
 *
 * @param id of the record in the tenant's user object
 * @param userName the user name; the address where there is none
 */
record ScimUser(UUID id, String userName, @Nullable String externalId, String name, String email, boolean active,
        List<String> roles, Instant created, Instant modified) {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

    ScimUser {
        roles = List.copyOf(roles);
    }

    /** Changes with whatever can be seen of the user. */
    String version() {
        return version(toString());
    }

    static String version(String state) {
        return "W/\"" + Long.toHexString(ByteBuffer.wrap(Tokens.digest(state)).getLong()) + "\"";
    }

    Map<String, Object> json(String base) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("schemas", List.of(SCHEMA));
        answer.put("id", id.toString());
        if (externalId != null) {
            answer.put("externalId", externalId);
        }
        answer.put("userName", userName);
        answer.put("name", Map.of("formatted", name));
        answer.put("displayName", name);
        answer.put("active", active);
        answer.put("emails", List.of(Map.of("value", email, "type", "work", "primary", true)));
        answer.put("roles", roles.stream().map(role -> Map.of("value", role)).toList());
        answer.put("groups", roles.stream().map(
                role -> Map.of("value", role, "display", role, "$ref", base + "/Groups/" + role)).toList());
        answer.put("meta", Map.of("resourceType", "User", "created", created.toString(), "lastModified",
                modified.toString(), "location", base + "/Users/" + id, "version", version()));
        return answer;
    }
}
