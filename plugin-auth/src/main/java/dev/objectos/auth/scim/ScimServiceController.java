package dev.objectos.auth.scim;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the server can do of SCIM, and what its resources look like (RFC 7643, 5 to 7). */
@RestController
@RequestMapping(path = "/scim/v2", produces = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
@TakesParameters({"attributes", "excludedAttributes"})
public final class ScimServiceController {

    private static final Map<String, Object> SUPPORTED = Map.of("supported", true);
    private static final Map<String, Object> MISSING = Map.of("supported", false);

    private static final List<Map<String, Object>> SCHEMAS = List.of(
            schema(ScimUser.SCHEMA, "User", List.of(attribute("userName", "string", true, "server"),
                    attribute("externalId", "string", false, "none"), attribute("displayName", "string", false, "none"),
                    attribute("active", "boolean", false, "none"), password(),
                    complex("name", false, "readWrite", attribute("formatted", "string", false, "none")),
                    complex("emails", true, "readWrite", attribute("value", "string", true, "server"),
                            attribute("primary", "boolean", false, "none")),
                    complex("roles", true, "readWrite", attribute("value", "string", true, "none")),
                    complex("groups", true, "readOnly", attribute("value", "string", true, "none")))),
            schema(ScimGroup.SCHEMA, "Group", List.of(attribute("displayName", "string", true, "server"),
                    attribute("externalId", "string", false, "none"),
                    complex("members", true, "readWrite", attribute("value", "string", true, "none")))));

    private static Map<String, Object> schema(String id, String name, List<Map<String, Object>> attributes) {
        return Map.of("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:Schema"), "id", id, "name", name,
                "attributes", attributes);
    }

    private static Map<String, Object> attribute(String name, String type, boolean required, String uniqueness) {
        return Map.of("name", name, "type", type, "multiValued", false, "required", required, "caseExact", false,
                "mutability", "readWrite", "returned", "default", "uniqueness", uniqueness);
    }

    private static Map<String, Object> password() {
        return Map.of("name", "password", "type", "string", "multiValued", false, "required", false, "caseExact", true,
                "mutability", "writeOnly", "returned", "never", "uniqueness", "none");
    }

    @SafeVarargs
    private static Map<String, Object> complex(String name, boolean several, String mutability,
            Map<String, Object>... parts) {
        return Map.of("name", name, "type", "complex", "multiValued", several, "required", false, "mutability",
                mutability, "returned", "default", "subAttributes", List.of(parts));
    }

    @GetMapping("/ServiceProviderConfig")
    ResponseEntity<Object> configuration(HttpServletRequest request) {
        Administrator.of(request, SystemPermission.MANAGE_USERS);
        return ScimHttp.answer(request, 200, Map.of("schemas",
                List.of("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"), "patch", SUPPORTED, "bulk",
                Map.of("supported", false, "maxOperations", 0, "maxPayloadSize", 0), "filter",
                Map.of("supported", true, "maxResults", 1_000), "changePassword", SUPPORTED, "sort", MISSING, "etag",
                SUPPORTED, "authenticationSchemes",
                List.of(Map.of("type", "oauthbearertoken", "name", "Bearer token", "description",
                        "An API key or a session token of an administrator, or a service account's key", "primary",
                        true))));
    }

    @GetMapping("/ResourceTypes")
    ResponseEntity<Object> types(HttpServletRequest request) {
        Administrator.of(request, SystemPermission.MANAGE_USERS);
        return all(request, List.of(type("User", ScimUser.SCHEMA), type("Group", ScimGroup.SCHEMA)));
    }

    private static Map<String, Object> type(String name, String schema) {
        return Map.of("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:ResourceType"), "id", name, "name",
                name,
                "endpoint", "/" + name + "s", "schema", schema);
    }

    @GetMapping("/Schemas")
    ResponseEntity<Object> schemas(HttpServletRequest request) {
        Administrator.of(request, SystemPermission.MANAGE_USERS);
        return all(request, SCHEMAS);
    }

    @GetMapping("/Schemas/{id}")
    ResponseEntity<Object> schema(@PathVariable String id, HttpServletRequest request) {
        Administrator.of(request, SystemPermission.MANAGE_USERS);
        return ScimHttp.answer(request, 200, SCHEMAS.stream().filter(schema -> id.equals(schema.get("id"))).findFirst()
                .orElseThrow(() -> new ScimException(404, null, "There is no such schema")));
    }

    private static ResponseEntity<Object> all(HttpServletRequest request, List<Map<String, Object>> resources) {
        return ScimHttp.list(request, resources, resources.size(), new ScimHttp.Window(1, resources.size()),
                resource -> resource);
    }
}
