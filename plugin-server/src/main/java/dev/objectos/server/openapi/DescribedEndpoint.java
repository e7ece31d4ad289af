package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint beside those of the data API, as OpenAPI describes it.
 *
 * @param name unique
 * @param path with its variables in braces
 * @param object what it is about
 * @param params by name; those of the path among them
 */
public record DescribedEndpoint(String name, String label, @Nullable String description, String method, String path,
        String object, List<String> pathParams, Map<String, FieldDefinition> params) {

    /** Knows those that a session may call. */
    @FunctionalInterface
    public interface Source {

        List<DescribedEndpoint> callable(Session session, Catalog catalog);
    }

    void addTo(Map<String, Object> paths) {
        var methods = new LinkedHashMap<String, Object>();
        if (paths.get(path) instanceof Map<?, ?> others) {
            others.forEach((word, operation) -> methods.put(String.valueOf(word), operation));
        }
        methods.put(method.toLowerCase(Locale.ROOT), operation());
        paths.put(path, methods);
    }

    private Map<String, Object> operation() {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", "endpoint_" + name.replaceAll("[^A-Za-z0-9_]", "_"));
        operation.put("summary", label);
        if (description != null) {
            operation.put("description", description);
        }
        operation.put("tags", List.of(object));
        boolean inBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        var parameters = new ArrayList<Object>();
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        params.forEach((param, field) -> {
            if (pathParams.contains(param)) {
                parameters.add(parameter(param, "path", true, field));
            } else if (!inBody) {
                parameters.add(parameter(param, "query", needed(field), field));
            } else {
                properties.put(param, FieldSchemas.written(field));
                if (needed(field)) {
                    required.add(param);
                }
            }
        });
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (!properties.isEmpty()) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("type", "object");
            schema.put("properties", properties);
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            operation.put("requestBody",
                    Map.of("required", !required.isEmpty(), "content", Operations.json(schema)));
        }
        var responses = new LinkedHashMap<String, Object>();
        responses.put("200", Map.of("description", label, "content", Operations.json(Map.of("type", "object"))));
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        operation.put("responses", responses);
        return operation;
    }

    private static boolean needed(FieldDefinition field) {
        return field.required() && field.defaultValue() == null;
    }

    private static Map<String, Object> parameter(String name, String in, boolean required, FieldDefinition field) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        if (field.description() != null) {
            parameter.put("description", field.description());
        }
        parameter.put("schema", FieldSchemas.written(field));
        return parameter;
    }
}
