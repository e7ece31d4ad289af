package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.Catalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The translations of a locale without what they say of objects and fields that do not exist for a session. */
final class VisibleTexts {

    private static final String OBJECTS = "objects";

    private VisibleTexts() {}

    /** @param content of a translation, as the {@link Catalog} has it */
    static Map<String, Object> of(CatalogView view, Map<String, Object> content) {
        var visible = new LinkedHashMap<>(content);
        if (content.get(OBJECTS) instanceof Map<?, ?> written) {
            var objects = new LinkedHashMap<String, Object>();
            written.forEach((name, texts) -> view.object(String.valueOf(name)).ifPresent(
                    object -> objects.put(object.name(), without(view.access(object).hidden(), texts))));
            visible.put(OBJECTS, objects);
        }
        return visible;
    }

    /** What is said by field goes by the field's name, below words such as {@code fields} and {@code options}. */
    private static Object without(Set<String> hidden, Object texts) {
        if (hidden.isEmpty() || !(texts instanceof Map<?, ?> kinds)) {
            return texts;
        }
        var rest = new LinkedHashMap<Object, Object>();
        kinds.forEach((kind, value) -> {
            if (value instanceof Map<?, ?> byName && !kind.equals("actions")) {
                var seen = new LinkedHashMap<Object, Object>(byName);
                seen.keySet().removeIf(name -> hidden.contains(String.valueOf(name).split("\\.", 2)[0]));
                rest.put(kind, seen);
            } else {
                rest.put(kind, value);
            }
        });
        return rest;
    }
}
