package dev.objectos.runtime.configuration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A setting that some part of the server reads.
 *
 * @param name such as {@code objectos.health.interval}; {@code *} stands for a word that others choose
 * @param type of one value
 * @param many whether it is a list
 * @param fallback what holds where nothing is set; null: nothing
 */
record KnownSetting(String name, Class<?> type, boolean many, @Nullable String fallback) {

    /** Whether a setting of that name is meant, however its words are joined. */
    boolean matches(String other) {
        String[] mine = name.split("\\.", -1);
        String[] given = other.replaceAll("\\[\\d+]", "").split("\\.", -1);
        return mine.length == given.length && begins(mine, given);
    }

    /** Whether a setting is this one, or below it where this is the name of several. */
    boolean covers(String other) {
        String[] mine = name.split("\\.", -1);
        String[] given = other.replaceAll("\\[\\d+]", "").split("\\.", -1);
        return mine.length <= given.length && begins(mine, given);
    }

    private static boolean begins(String[] mine, String[] given) {
        for (int i = 0; i < mine.length; i++) {
            if (!mine[i].equals("*") && !fold(mine[i]).equals(fold(given[i]))) {
                return false;
            }
        }
        return true;
    }

    private static String fold(String word) {
        return word.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The JSON Schema of its value. */
    Map<String, Object> schema() {
        Map<String, Object> one = new LinkedHashMap<>();
        if (type == boolean.class || type == Boolean.class) {
            one.put("type", "boolean");
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            one.put("type", "integer");
        } else if (type == Duration.class) {
            one.put("type", List.of("string", "integer"));
            one.put("pattern", "^[+-]?\\d+(ns|us|ms|s|m|h|d)?$|^[+-]?[Pp]");
        } else if (type == DataSize.class) {
            one.put("type", List.of("string", "integer"));
            one.put("pattern", "^[+-]?\\d+(B|KB|MB|GB|TB)?$");
        } else if (type.isEnum()) {
            one.put("enum", java.util.Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT)).toList());
        } else {
            one.put("type", List.of("string", "number", "boolean", "null"));
        }
        if (fallback != null && !fallback.isEmpty()) {
            one.put("default", fallback);
        }
        return many
                ? Map.of("anyOf", List.of(one, Map.of("type", "array", "items", one)))
                : one;
    }
}
