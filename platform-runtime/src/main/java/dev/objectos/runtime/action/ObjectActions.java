package dev.objectos.runtime.action;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.MetadataCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The actions of a catalog, compiled, and what is wrong with them. */
public final class ObjectActions {

    private final Map<String, Map<String, CompiledAction>> byObject = new HashMap<>();
    private final List<Violation> problems = new ArrayList<>();

    private ObjectActions(Catalog catalog) {
        for (ObjectDefinition object : catalog.objects()) {
            var actions = new HashMap<String, CompiledAction>();
            object.actions().values().forEach(action -> {
                var reader = new HandlingReader(catalog, object, action, problems::add);
                actions.put(action.name(),
                        new CompiledAction(object, action, reader.read(), reader.defaults(), roles(action)));
            });
            byObject.put(object.name(), actions);
        }
    }

    static ObjectActions of(Catalog catalog) {
        return catalog.derive(ObjectActions.class, ObjectActions::new);
    }

    /** Keeps what cannot be compiled from being published. */
    public static MetadataCheck check() {
        return catalog -> List.copyOf(of(catalog).problems);
    }

    /**
     * An action.
     *
     * @param defaults of parameters that are left out
     * @param roles whose holders may run it; empty: that is not what decides
     */
    record CompiledAction(ObjectDefinition object, ActionDefinition definition, Handling handling,
            Map<String, CompiledExpression> defaults, Set<String> roles) {}

    Optional<CompiledAction> find(ObjectDefinition object, String action) {
        return Optional.ofNullable(byObject.getOrDefault(object.name(), Map.of()).get(action));
    }

    /** Whether no object has any. */
    boolean none() {
        return byObject.values().stream().allMatch(Map::isEmpty);
    }

    private static Set<String> roles(ActionDefinition action) {
        return switch (action.definition().get("permission")) {
            case List<?> names -> names.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
            case String name -> Set.of(name);
            case null, default -> Set.of();
        };
    }
}
