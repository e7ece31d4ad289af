package dev.objectos.server.openapi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves out components that nothing refers to, so that a description tells nothing of what its reader may not call. */
final class UsedComponents {

    private static final String REFERENCE = "$ref";
    private static final String PREFIX = "#/components/";

    private final Map<String, Map<String, Object>> all;
    private final Set<String> used = new LinkedHashSet<>();
    private final Deque<String> found = new ArrayDeque<>();

    private UsedComponents(Map<String, Map<String, Object>> all) {
        this.all = all;
    }

    /**
     * The components that the tree refers to, and those that these refer to.
     *
     * @throws IllegalStateException where one is not there
     */
    static Map<String, Object> of(Object tree, Map<String, Map<String, Object>> all) {
        var components = new UsedComponents(all);
        components.visit(tree);
        while (!components.found.isEmpty()) {
            components.visit(components.named(components.found.remove()));
        }
        return components.left();
    }

    private void visit(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (REFERENCE.equals(key) && value instanceof String text && text.startsWith(PREFIX)) {
                    String name = text.substring(PREFIX.length());
                    if (used.add(name)) {
                        found.add(name);
                    }
                } else {
                    visit(value);
                }
            });
        } else if (node instanceof Iterable<?> list) {
            list.forEach(this::visit);
        }
    }

    private Object named(String name) {
        int slash = name.indexOf('/');
        Object component = all.getOrDefault(name.substring(0, slash), Map.of()).get(name.substring(slash + 1));
        if (component == null) {
            throw new IllegalStateException("There is no component " + name);
        }
        return component;
    }

    private Map<String, Object> left() {
        var left = new LinkedHashMap<String, Object>();
        all.forEach((kind, named) -> {
            var kept = new LinkedHashMap<String, Object>();
            named.forEach((name, component) -> {
                if (used.contains(kind + "/" + name)) {
                    kept.put(name, component);
                }
            });
            if (!kept.isEmpty()) {
                left.put(kind, kept);
            }
        });
        return left;
    }
}
