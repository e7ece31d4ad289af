package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths at which somebody may run an object's actions. */
final class ActionPaths {

    private ActionPaths() {}

    static PathOperation of(ObjectDefinition object, ActionDefinition action) {
        String path = "/api/actions/" + object.name() + "." + action.name();
        var written = new LinkedHashMap<String, Object>();
        written.put("operationId", "action_" + object.name() + "_" + action.name());
        written.put("summary", action.label());
        written.put(action.onRecord() || needsParams(action) ? "takes" : "takes?", Map.of("$is", body(action)));
        if (action.handler() == null) {
            written.put("responses", Map.of("501", Notation.reference("responses", "Failed")));
        } else {
            written.put("gives", "ActionAnswer");
        }
        return new OperationReader("post", path, written).read(object.name()).operation();
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
            properties.put("recordId", Notation.format("uuid"));
            needed.add("recordId");
        }
        properties.put("params", Notation.object(params, required));
        if (!required.isEmpty()) {
            needed.add("params");
        }
        return Notation.object(properties, List.copyOf(needed));
    }
}
