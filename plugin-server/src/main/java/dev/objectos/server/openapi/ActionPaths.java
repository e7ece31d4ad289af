package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths at which somebody may run an object's actions, as OpenAPI describes them. */
final class ActionPaths {

    private ActionPaths() {}

    static void add(ObjectDefinition object, ActionDefinition action, Map<String, Object> paths) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", "action_" + object.name() + "_" + action.name());
        operation.put("summary", action.label());
        operation.put("tags", List.of(object.name()));
        operation.put("requestBody",
                Map.of("required", action.onRecord() || needsParams(action), "content", Operations.json(body(action))));
        var responses = new LinkedHashMap<String, Object>();
        if (action.handler() == null) {
            responses.put("501", Map.of("$ref", "#/components/responses/Problem"));
        } else {
            responses.put("200", Map.of("description", action.label(), "content", Operations.json(answer())));
        }
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        operation.put("responses", responses);
        paths.put("/api/actions/" + object.name() + "." + action.name(), Map.of("post", operation));
    }

    private static boolean needsParams(ActionDefinition action) {
        return action.params().values().stream().anyMatch(param -> param.required() && param.defaultValue() == null);
    }

    private static Map<String, Object> body(ActionDefinition action) {
        var params = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        action.params().values().forEach(param -> {
            params.put(param.name(), FieldSchemas.written(param));
            if (param.required() && param.defaultValue() == null) {
                required.add(param.name());
            }
        });
        var properties = new LinkedHashMap<String, Object>();
        var needed = new ArrayList<String>();
        if (action.onRecord()) {
            properties.put("recordId", Map.of("type", "string", "format", "uuid"));
            needed.add("recordId");
        }
        properties.put("params", object(params, required));
        if (!required.isEmpty()) {
            needed.add("params");
        }
        return object(properties, needed);
    }

    private static Map<String, Object> answer() {
        return object(Map.of("success", Map.of("type", "boolean"), "object", Map.of("type", "string"), "action",
                Map.of("type", "string"), "id", Map.of("type", "string", "format", "uuid"), "data", Map.of()),
                List.of("success", "object", "action", "data"));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }
}
