package dev.objectos.auth.scim;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says of a user; null: nothing.
 *
 * @param externalId empty: none any more
 */
record UserInput(@Nullable String userName, @Nullable String externalId, @Nullable String name,
        @Nullable String email, @Nullable Boolean active, @Nullable String password, @Nullable Set<String> roles) {

    UserInput {
        roles = roles == null ? null : Set.copyOf(roles);
    }

    /**
     * Reads a resource, or the value of a change without a path.
     *
     * @throws ScimException {@code invalidValue}
     */
    static UserInput read(JsonNode resource) {
        if (!resource.isObject()) {
            throw new ScimException(400, "invalidSyntax", "A user is an object");
        }
        String userName = text(resource, "userName");
        String email = email(resource.path("emails"));
        return new UserInput(userName, text(resource, "externalId"), name(resource),
                email == null && userName != null && userName.contains("@") && !resource.has("emails")
                        ? userName
                        : email,
                truth(resource.path("active")), text(resource, "password"), roles(resource.path("roles")));
    }

    /**
     * Reads a PATCH (RFC 7644, 3.5.2) as what it makes of the user.
     *
     * @throws ScimException {@code invalidPath}, {@code invalidValue}
     */
    static UserInput patch(JsonNode request) {
        ObjectNode merged = tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
        JsonNode operations = request.path("Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw new ScimException(400, "invalidSyntax", "Operations is a list of changes");
        }
        for (JsonNode operation : operations) {
            String kind = operation.path("op").asString("").toLowerCase(Locale.ROOT);
            if (!Set.of("add", "replace", "remove").contains(kind)) {
                throw new ScimException(400, "invalidSyntax", "op is add, replace or remove");
            }
            String path = operation.path("path").asString("");
            JsonNode value = operation.path("value");
            if (kind.equals("remove")) {
                remove(merged, path);
            } else if (path.isEmpty()) {
                if (!value.isObject()) {
                    throw ScimException.invalidValue("A change without a path has an object for its value");
                }
                value.properties().forEach(member -> set(merged, member.getKey(), member.getValue()));
            } else {
                set(merged, path, value);
            }
        }
        UserInput input = read(merged);
        // The address does not follow a user name that is changed by itself.
        return merged.has("emails")
                ? input
                : new UserInput(input.userName, input.externalId, input.name, null, input.active, input.password,
                        input.roles);
    }

    private static void remove(ObjectNode merged, String path) {
        if (!plain(path).equals("externalid")) {
            throw new ScimException(400, "mutability", "'" + path + "' cannot be removed");
        }
        merged.put("externalId", "");
    }

    private static void set(ObjectNode merged, String path, JsonNode value) {
        switch (plain(path)) {
            case "username" -> merged.set("userName", value);
            case "externalid" -> merged.set("externalId", value);
            case "displayname" -> merged.set("displayName", value);
            case "name" -> merged.set("name", value);
            case "name.formatted" -> merged.set("displayName", value);
            case "name.givenname" -> part(merged, "givenName", value);
            case "name.familyname" -> part(merged, "familyName", value);
            case "active" -> merged.set("active", value);
            case "password" -> merged.set("password", value);
            case "roles" -> merged.set("roles", value);
            case "emails" -> merged.set("emails", value);
            case "emails.value" -> {
                ObjectNode email = merged.objectNode();
                email.set("value", value);
                merged.putArray("emails").add(email);
            }
            case "schemas", "meta", "id", "groups" -> {
                // Clients send back what they have got; the server alone writes these.
            }
            default ->
                throw new ScimException(400, "invalidPath", "'" + path + "' is no attribute that can be changed");
        }
    }

    private static void part(ObjectNode merged, String part, JsonNode value) {
        ObjectNode name = merged.get("name") instanceof ObjectNode known ? known : merged.putObject("name");
        name.set(part, value);
    }

    /** Without the schema's URN, without a condition in brackets, in lower case. */
    private static String plain(String path) {
        String bare = path.replaceAll("\\[[^\\]]*\\]", "");
        return bare.substring(bare.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(JsonNode resource, String member) {
        JsonNode value = resource.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw ScimException.invalidValue(member + " is a text");
        }
        return value.asString();
    }

    private static @Nullable String name(JsonNode resource) {
        JsonNode name = resource.path("name");
        String joined = Stream.of(name.path("givenName").asString(""), name.path("familyName").asString(""))
                .map(String::strip).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return Stream.of(name.path("formatted").asString(""), text(resource, "displayName"), joined)
                .filter(candidate -> candidate != null && !candidate.isBlank()).findFirst().orElse(null);
    }

    private static @Nullable String email(JsonNode emails) {
        String first = null;
        for (JsonNode email : emails) {
            String value = email.path("value").asString("");
            if (value.isBlank()) {
                throw ScimException.invalidValue("each of emails has a value");
            }
            if (first == null || email.path("primary").asBoolean(false)) {
                first = value;
            }
        }
        return first;
    }

    /** Some clients write truth as text. */
    private static @Nullable Boolean truth(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ScimException.invalidValue("active is true or false");
        };
    }

    private static @Nullable Set<String> roles(JsonNode roles) {
        if (roles.isMissingNode() || roles.isNull()) {
            return null;
        }
        var names = new LinkedHashSet<String>();
        roles.forEach(role -> names.add(role.isString() ? role.asString() : role.path("value").asString("")));
        return names;
    }
}
