package dev.objectos.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an operation of a part. Beside the words of OpenAPI it takes these, whose schemas are in {@link Notation}:
 *
 * <pre>
 * for:    everybody, administrators, owners, platform_administrators or a right beyond records such as manage_users; several with
 *         | between them; whoever has signed in where absent ({@link Audience})
 * if:     what the caller must be able to do with the object ({@link ObjectNeed})
 * at:     types of the path's variables; texts where absent
 * asks:   parameters of the address by name, those with a ? behind it may be left out
 * sends:  headers by name, likewise
 * uses:   names of parameters among the components
 * takes:  the body, JSON unless {$as: {media type: schema}} says otherwise; takes? may be left out
 * gives:  the answer, likewise; or a map of answers by status, where null has no body
 * tells:  names of headers among the components that come with an answer
 * sample: an example of the body
 * </pre>
 *
 * What all operations have in common is added: refusals, and the key under which a write may be repeated.
 */
final class OperationReader {

    private static final Set<String> ACCEPTED = Set.of("operationId", "summary", "description", "tags", "security",
            "deprecated", "parameters", "requestBody", "responses", "for", "if", "at", "asks", "sends", "uses", "takes",
            "takes?", "gives", "tells", "sample");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^/}]+)}");
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");
    private static final Set<String> WRITING = Set.of("post", "put", "patch", "delete");
    private static final String JSON = "application/json";
    private static final String AS = "$as";

    private final String method;
    private final String path;
    private final Map<String, Object> written;

    OperationReader(String method, String path, Map<String, Object> written) {
        this.method = method;
        this.path = path;
        this.written = written;
    }

    /** @param tag where it names none itself */
    DescribedOperation read(String tag) {
        Set<String> unknown = written.keySet().stream().filter(key -> !ACCEPTED.contains(key))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("An operation has no " + unknown);
        }
        Audience audience = Audience.named(text("for", "signed_in"));
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", text("operationId", null));
        operation.put("summary", text("summary", null));
        String description = (text("description", "") + " " + audience.note()).strip();
        if (!description.isEmpty()) {
            operation.put("description", description);
        }
        operation.put("tags", written.containsKey("tags") ? Tree.texts(written.get("tags")) : List.of(tag));
        if (audience.isOpen()) {
            operation.put("security", List.of());
        }
        put(operation, "security", written.get("security"));
        put(operation, "deprecated", written.get("deprecated"));
        List<Object> parameters = parameters();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        put(operation, "requestBody", body());
        operation.put("responses", responses());
        return new DescribedOperation(new PathOperation(method, path, operation), audience,
                written.get("if") == null ? null : ObjectNeed.named(text("if", null)));
    }

    private String text(String key, @Nullable String otherwise) {
        if (written.get(key) instanceof String text) {
            return text;
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("\"" + key + "\" must be given, as a text");
        }
        return otherwise;
    }

    private static void put(Map<String, Object> operation, String name, @Nullable Object value) {
        if (value != null) {
            operation.put(name, value);
        }
    }

    private List<Object> parameters() {
        var parameters = new ArrayList<Object>();
        Map<String, Object> types = Tree.of(written.get("at"));
        VARIABLE.matcher(path).results().map(found -> found.group(1)).forEach(variable -> parameters
                .add(parameter("path", variable, types.getOrDefault(variable, "string"))));
        Tree.texts(written.get("uses")).forEach(name -> parameters.add(Notation.reference("parameters", name)));
        Tree.of(written.get("asks")).forEach((name, type) -> parameters.add(parameter("query", name, type)));
        Tree.of(written.get("sends")).forEach((name, type) -> parameters.add(parameter("header", name, type)));
        parameters.addAll(Tree.list(written.get("parameters")));
        if (repeatable()) {
            parameters.add(Notation.reference("parameters", "IdempotencyKey"));
        }
        return parameters;
    }

    private boolean repeatable() {
        return WRITING.contains(method) && !path.endsWith("/query")
                && (path.startsWith("/api/") && !path.startsWith("/api/auth/") || path.equals("/graphql"));
    }

    private static Map<String, Object> parameter(String in, String name, Object type) {
        boolean optional = name.endsWith("?");
        Map<String, Object> schema = Notation.schema(type);
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", optional ? name.substring(0, name.length() - 1) : name);
        parameter.put("in", in);
        put(parameter, "description", schema.remove("description"));
        if (!optional) {
            parameter.put("required", true);
        }
        parameter.put("schema", schema);
        return parameter;
    }

    private @Nullable Object body() {
        boolean optional = written.containsKey("takes?");
        Object takes = written.get(optional ? "takes?" : "takes");
        if (takes == null) {
            return written.get("requestBody");
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("required", !optional);
        Map<String, Object> content = content(takes);
        if (written.containsKey("sample") && content.get(JSON) instanceof Map<?, ?> json) {
            Map<String, Object> withSample = Tree.of(json);
            withSample.put("example", written.get("sample"));
            content.put(JSON, withSample);
        }
        body.put("content", content);
        return body;
    }

    private Map<String, Object> responses() {
        var responses = new LinkedHashMap<String, Object>();
        byStatus().forEach((status, answer) -> responses.put(status, response(status, answer)));
        responses.putAll(Tree.of(written.get("responses")));
        if (responses.isEmpty()) {
            throw new IllegalArgumentException("\"gives\" says what is answered");
        }
        if (method.equals("get") && Tree.texts(written.get("tells")).contains("ETag")) {
            responses.putIfAbsent("304", Map.of("description", "The caller holds it already"));
        }
        if (responses.keySet().stream().noneMatch(status -> status.startsWith("4"))) {
            responses.put("4XX", Notation.reference("responses", "Refused"));
            responses.put("5XX", Notation.reference("responses", "Failed"));
        }
        return responses;
    }

    private Map<String, @Nullable Object> byStatus() {
        var byStatus = new LinkedHashMap<String, @Nullable Object>();
        Object gives = written.get("gives");
        if (gives instanceof Map<?, ?> map && !map.isEmpty()
                && map.keySet().stream().allMatch(key -> STATUS.matcher(String.valueOf(key)).matches())) {
            map.forEach((status, answer) -> byStatus.put(String.valueOf(status), answer));
        } else if (gives != null) {
            byStatus.put("200", gives);
        }
        return byStatus;
    }

    private Map<String, Object> response(String status, @Nullable Object answer) {
        var response = new LinkedHashMap<String, Object>();
        response.put("description", text("summary", null));
        List<String> headers = Tree.texts(written.get("tells"));
        if (status.startsWith("2") && !headers.isEmpty()) {
            var told = new LinkedHashMap<String, Object>();
            headers.forEach(header -> told.put(header, Notation.reference("headers", header.replace("-", ""))));
            response.put("headers", told);
        }
        if (answer != null) {
            response.put("content", content(answer));
        }
        return response;
    }

    private static Map<String, Object> content(Object written) {
        Map<String, Object> types = written instanceof Map<?, ?> map && map.containsKey(AS)
                ? Tree.of(map.get(AS))
                : Map.of(JSON, written);
        var content = new LinkedHashMap<String, Object>();
        types.forEach((type, schema) -> {
            var media = new LinkedHashMap<String, Object>();
            media.put("schema", Notation.schema(schema));
            content.put(type.toLowerCase(Locale.ROOT), media);
        });
        return content;
    }
}
