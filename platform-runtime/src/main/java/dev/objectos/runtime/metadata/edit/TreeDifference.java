package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.spi.MetadataEditing.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two trees of maps, lists and values. Elements of lists that have a name or a value are known by that. */
final class TreeDifference {

    private static final List<String> IDENTITIES = List.of("name", "value");

    private final List<Difference> differences = new ArrayList<>();

    private TreeDifference() {}

    static List<Difference> between(@Nullable Object from, @Nullable Object to) {
        var difference = new TreeDifference();
        difference.compare("", from, to);
        return difference.differences;
    }

    private void compare(String path, @Nullable Object from, @Nullable Object to) {
        if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
            members(path, before, after);
        } else if (from instanceof List<?> before && to instanceof List<?> after) {
            String identity = identity(before, after);
            members(path, keyed(before, identity), keyed(after, identity));
        } else if (!same(from, to)) {
            differences.add(new Difference(path, from, to));
        }
    }

    private static boolean same(@Nullable Object from, @Nullable Object to) {
        // A whole number may have been read as another class of number.
        return Objects.equals(from, to)
                || (from instanceof Number && to instanceof Number && from.toString().equals(to.toString()));
    }

    private void members(String path, Map<?, ?> before, Map<?, ?> after) {
        Set<Object> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (Object key : keys) {
            String inside = path.isEmpty() ? key.toString() : path + "." + key;
            if (before.containsKey(key) && after.containsKey(key)) {
                compare(inside, before.get(key), after.get(key));
            } else {
                differences.add(new Difference(inside, before.get(key), after.get(key)));
            }
        }
    }

    /** The key that tells the elements of both lists apart; empty: their position does. */
    private static String identity(List<?> before, List<?> after) {
        return IDENTITIES.stream().filter(key -> isIdentity(key, before) && isIdentity(key, after)).findFirst()
                .orElse("");
    }

    private static boolean isIdentity(String key, List<?> elements) {
        var seen = new LinkedHashSet<Object>();
        return elements.stream().allMatch(element -> element instanceof Map<?, ?> map
                && map.get(key) instanceof String name && seen.add(name));
    }

    private static Map<String, @Nullable Object> keyed(List<?> elements, String identity) {
        var keyed = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            keyed.put(element instanceof Map<?, ?> map && !identity.isEmpty()
                    ? String.valueOf(map.get(identity))
                    : String.valueOf(i), element);
        }
        return keyed;
    }
}
