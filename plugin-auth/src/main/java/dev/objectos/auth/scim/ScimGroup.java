package dev.objectos.auth.scim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A role and who has it. */
record ScimGroup(String name, @Nullable String externalId, List<Entry> members) {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

    ScimGroup {
        members = List.copyOf(members);
    }

    /** Somebody who has the role. */
    record Entry(UUID id, String name) {}

    String version() {
        return ScimUser.version(toString());
    }

    Map<String, Object> json(String base) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("schemas", List.of(SCHEMA));
        answer.put("id", name);
        if (externalId != null) {
            answer.put("externalId", externalId);
        }
        answer.put("displayName", name);
        answer.put("members",
                members.stream().map(member -> Map.of("value", member.id().toString(), "display", member.name(), "$ref",
                        base + "/Users/" + member.id())).toList());
        answer.put("meta",
                Map.of("resourceType", "Group", "location", base + "/Groups/" + name, "version", version()));
        return answer;
    }
}
