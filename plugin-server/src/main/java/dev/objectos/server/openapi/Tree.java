package dev.objectos.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Maps and lists as YAML and JSON make them; a map's keys are texts and stay in their order. */
final class Tree {

    private Tree() {}

    /** A map; nothing is an empty one. */
    static Map<String, Object> of(@Nullable Object node) {
        var entries = new LinkedHashMap<String, Object>();
        switch (node) {
            case null -> {
            }
            case Map<?, ?> map -> map.forEach((key, value) -> {
                if (value != null) {
                    entries.put(String.valueOf(key), value);
                }
            });
            default -> throw new IllegalArgumentException(node + " is no map");
        }
        return entries;
    }

    /** A list; nothing is an empty one. */
    static List<?> list(@Nullable Object node) {
        return switch (node) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw new IllegalArgumentException(node + " is no list");
        };
    }

    static List<String> texts(@Nullable Object node) {
        return list(node).stream().map(String::valueOf).toList();
    }

    /** The same tree with every text, keys among them, as the function has it. */
    static @Nullable Object rewritten(@Nullable Object node, UnaryOperator<String> text) {
        return switch (node) {
            case null -> null;
            case String word -> text.apply(word);
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, value) -> entries.put(text.apply(String.valueOf(key)), rewritten(value, text)));
                yield entries;
            }
            case List<?> list -> {
                var entries = new ArrayList<@Nullable Object>();
                list.forEach(entry -> entries.add(rewritten(entry, text)));
                yield entries;
            }
            default -> node;
        };
    }
}
