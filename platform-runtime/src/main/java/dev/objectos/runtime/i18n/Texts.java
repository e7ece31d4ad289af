package dev.objectos.runtime.i18n;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trees of texts, the nearest language first: what the first does not say, the next may. */
record Texts(List<Map<?, ?>> trees) {

    Texts {
        trees = List.copyOf(trees);
    }

    boolean isEmpty() {
        return trees.isEmpty();
    }

    /** What stands below the keys. */
    Texts below(String... keys) {
        return new Texts(trees.stream().map(tree -> at(tree, keys)).<Map<?, ?>>mapMulti((value, into) -> {
            if (value instanceof Map<?, ?> map) {
                into.accept(map);
            }
        }).toList());
    }

    Optional<String> text(String... keys) {
        return trees.stream().map(tree -> at(tree, keys)).<String>mapMulti((value, into) -> {
            if (value != null && !(value instanceof Map<?, ?>)) {
                into.accept(value.toString());
            }
        }).findFirst();
    }

    String textOr(String otherwise, String... keys) {
        return text(keys).orElse(otherwise);
    }

    /** All texts in one tree. */
    Map<String, Object> merged() {
        var merged = new LinkedHashMap<String, Object>();
        trees.reversed().forEach(tree -> merge(merged, tree));
        return merged;
    }

    @SuppressWarnings("unchecked") // made here, with text keys
    private static void merge(Map<String, Object> into, Map<?, ?> tree) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                var copy = into.get(key.toString()) instanceof Map<?, ?> known
                        ? (Map<String, Object>) known
                        : new LinkedHashMap<String, Object>();
                merge(copy, inner);
                into.put(key.toString(), copy);
            } else if (value != null) {
                into.put(key.toString(), value);
            }
        });
    }

    private static @Nullable Object at(Map<?, ?> tree, String... keys) {
        Object value = tree;
        for (String key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }
}
