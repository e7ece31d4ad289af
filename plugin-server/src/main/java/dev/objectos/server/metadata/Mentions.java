package dev.objectos.server.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes names out of what an author wrote beside the definitions and the server does not read. */
final class Mentions {

    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9_]+");

    private Mentions() {}

    /** A tree of maps, lists and texts without the keys and texts that have one of the names as a word; null: nothing is left. */
    static @Nullable Object without(Set<String> names, @Nullable Object tree) {
        if (names.isEmpty()) {
            return tree;
        }
        return switch (tree) {
            case Map<?, ?> map -> {
                var rest = new LinkedHashMap<Object, Object>();
                map.forEach((key, value) -> {
                    Object left = without(names, value);
                    if (left != null && !mentions(names, String.valueOf(key))) {
                        rest.put(key, left);
                    }
                });
                yield rest;
            }
            case Collection<?> list -> {
                var rest = new ArrayList<Object>();
                list.forEach(element -> {
                    Object left = without(names, element);
                    if (left != null) {
                        rest.add(left);
                    }
                });
                yield rest;
            }
            case String text -> mentions(names, text) ? null : text;
            case null, default -> tree;
        };
    }

    private static boolean mentions(Set<String> names, String text) {
        return BETWEEN.splitAsStream(text).anyMatch(names::contains);
    }
}
