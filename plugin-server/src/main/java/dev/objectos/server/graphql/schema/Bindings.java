package dev.objectos.server.graphql.schema;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of the generated types stand for, and of which objects types are. */
public final class Bindings {

    private final Map<String, Map<String, Binding>> fields = new HashMap<>();
    private final Map<String, Binding> types = new HashMap<>();

    Bindings() {}

    /** The type is there for whoever may use something. */
    void bind(String type, Binding binding) {
        types.put(type, binding);
    }

    void bind(String type, String field, Binding binding) {
        fields.computeIfAbsent(type, _ -> new HashMap<>()).put(field, binding);
    }

    /** What a field stands for; null: for itself. */
    public @Nullable Binding of(String type, String field) {
        Map<String, Binding> ofType = fields.get(type);
        return ofType == null ? null : ofType.get(field);
    }

    /** What somebody must be able to use for the type to be there; null: nothing. */
    @Nullable
    Binding of(String type) {
        return types.get(type);
    }
}
