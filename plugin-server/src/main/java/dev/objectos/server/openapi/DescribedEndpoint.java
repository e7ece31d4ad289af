package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that metadata declares, on its way into a description.
 *
 * @param name unique
 * @param path with its variables in braces
 * @param object what it is about
 * @param params by name; those of the path among them
 * @param answer what it gives, in {@link Notation}
 */
public record DescribedEndpoint(String name, String label, @Nullable String description, String method, String path,
        String object, List<String> pathParams, Map<String, FieldDefinition> params, String answer) {

    /** The endpoint as OpenAPI describes it. */
    public PathOperation operation() {
        boolean inBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        var written = new LinkedHashMap<String, Object>();
        written.put("operationId", "endpoint_" + name.replaceAll("[^A-Za-z0-9_]", "_"));
        written.put("summary", label);
        if (description != null) {
            written.put("description", description);
        }
        var types = new LinkedHashMap<String, Object>();
        var asked = new LinkedHashMap<String, Object>();
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        params.forEach((param, field) -> {
            Map<String, Object> schema = FieldSchemas.written(field);
            if (pathParams.contains(param)) {
                types.put(param, literal(schema));
            } else if (inBody) {
                properties.put(param, schema);
                if (needed(field)) {
                    required.add(param);
                }
            } else {
                asked.put(needed(field) ? param : param + "?", literal(schema));
            }
        });
        written.put("at", types);
        written.put("asks", asked);
        if (!properties.isEmpty()) {
            written.put(required.isEmpty() ? "takes?" : "takes", literal(Notation.object(properties, required)));
        }
        written.put("gives", answer);
        return new OperationReader(method.toLowerCase(Locale.ROOT), path, written).read(object).operation();
    }

    private static Map<String, Object> literal(Map<String, Object> schema) {
        return Map.of("$is", schema);
    }

    private static boolean needed(FieldDefinition field) {
        return field.required() && field.defaultValue() == null;
    }
}
