package dev.objectos.runtime.plugin.manifest;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * Paths with {@code *} for part of a step and {@code **} for any steps. Every pattern takes time in proportion to its
 * length and the path's, because patterns come from strangers.
 */
final class PathPattern {

    private PathPattern() {}

    static boolean matches(String pattern, String path) {
        return matches(List.of(pattern.split("/", -1)), List.of(path.split("/", -1)), "**",
                (step, actual) -> matches(characters(step), characters(actual), "*", String::equals));
    }

    private static List<String> characters(String text) {
        return text.chars().mapToObj(Character::toString).toList();
    }

    /** Goes back to the last wildcard alone: what an earlier one could take more, the last one can take as well. */
    private static boolean matches(List<String> pattern, List<String> text, String wildcard,
            BiPredicate<String, String> same) {
        int at = 0;
        int next = 0;
        int last = -1;
        int resume = 0;
        while (next < text.size()) {
            if (at < pattern.size() && pattern.get(at).equals(wildcard)) {
                last = at++;
                resume = next;
            } else if (at < pattern.size() && same.test(pattern.get(at), text.get(next))) {
                at++;
                next++;
            } else if (last >= 0) {
                at = last + 1;
                next = ++resume;
            } else {
                return false;
            }
        }
        return pattern.subList(at, pattern.size()).stream().allMatch(wildcard::equals);
    }
}
