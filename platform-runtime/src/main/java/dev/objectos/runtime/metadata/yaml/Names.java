package dev.objectos.runtime.metadata.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of things, and the words that people read instead. */
final class Names {

    /** The longest name of an object or field. */
    static final int MAX = 63;

    private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern SYSTEM = Pattern.compile("_?[a-z][a-z0-9_]*");
    private static final Set<String> INITIALS = Set.of("id", "url", "api", "sku", "vat", "ip", "html", "json", "kpi");

    private Names() {}

    static boolean isSnakeCase(String name) {
        return name.length() <= MAX && SNAKE.matcher(name).matches();
    }

    /** Names that plugins may give to objects of their own: one underscore may lead. */
    static boolean isSystemName(String name) {
        return name.length() <= MAX && SYSTEM.matcher(name).matches();
    }

    /** {@code fullName}, {@code Full-Name} and {@code "full name"} become {@code full_name}. */
    static String snakeCase(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
        return words.isEmpty() ? "name" : words.substring(0, Math.min(words.length(), MAX));
    }

    /** {@code first_name} becomes "First name". */
    static String humanise(String name) {
        var label = new StringBuilder();
        for (String word : name.replace('-', '_').split("_", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            label.append(label.isEmpty() ? "" : " ");
            if (INITIALS.contains(word)) {
                label.append(word.toUpperCase(Locale.ROOT));
            } else if (label.isEmpty()) {
                label.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            } else {
                label.append(word);
            }
        }
        return label.isEmpty() ? name : label.toString();
    }

    /** The English plural of a label; a label that does not end in a Latin letter stays as it is. */
    static String plural(String label) {
        if (label.isEmpty() || !String.valueOf(label.charAt(label.length() - 1)).matches("[a-zA-Z]")) {
            return label;
        }
        String lower = label.toLowerCase(Locale.ROOT);
        if (lower.endsWith("y") && !lower.matches(".*[aeiou]y")) {
            return label.substring(0, label.length() - 1) + "ies";
        }
        return lower.matches(".*(s|x|z|ch|sh)") ? label + "es" : label + "s";
    }
}
