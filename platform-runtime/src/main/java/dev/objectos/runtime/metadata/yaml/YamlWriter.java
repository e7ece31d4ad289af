package dev.objectos.runtime.metadata.yaml;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes plain values as YAML that people like to read and compare: one key a line, in the order given. */
public final class YamlWriter {

    /** What nobody takes for anything but text; colons, commas, brackets and the like are quoted. */
    private static final Pattern BARE = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_.$/-]*( [\\p{L}\\p{N}_.$/-]+)*");

    /** Lines that mean the same in a block as they do by themselves. */
    private static final Pattern LINES = Pattern.compile("[^\\s\\p{C}][^\\p{C}]*(\\n[^\\p{C}]*)+");

    private static final int LONGEST_LINE = 100;

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /** @param tree maps, lists, texts, numbers, truth values and nulls */
    public static String write(Map<?, ?> tree) {
        if (tree.isEmpty()) {
            return "{}\n";
        }
        var writer = new YamlWriter();
        writer.entries(tree, 0);
        return writer.text.toString();
    }

    private void entries(Map<?, ?> map, int depth) {
        map.forEach((key, value) -> {
            text.repeat("  ", depth).append(scalar(String.valueOf(key))).append(':');
            below(value, depth + 1);
        });
    }

    /** What stands behind a colon. */
    private void below(@Nullable Object value, int depth) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                text.append('\n');
                entries(map, depth);
            }
            case Collection<?> list when !list.isEmpty() -> list(list, depth);
            case null, default -> line(value, depth);
        }
    }

    private void list(Collection<?> list, int depth) {
        String inline = inline(list);
        if (inline != null) {
            text.append(' ').append(inline).append('\n');
            return;
        }
        text.append('\n');
        for (Object element : list) {
            text.repeat("  ", depth).append('-');
            if (element instanceof Map<?, ?> map && !map.isEmpty()) {
                int from = text.length();
                entries(map, depth + 1);
                // The first key stands beside the dash.
                text.replace(from, from + 2 * (depth + 1), " ");
            } else {
                below(element, depth + 1);
            }
        }
    }

    /** A list of short values in one line; null where it holds others. */
    private static @Nullable String inline(Collection<?> list) {
        var line = new StringBuilder("[");
        for (Object element : list) {
            if (element instanceof Map || element instanceof Collection
                    || (element instanceof String words && words.indexOf('\n') >= 0)) {
                return null;
            }
            line.append(line.length() > 1 ? ", " : "").append(scalar(element));
        }
        return line.length() > LONGEST_LINE ? null : line.append(']').toString();
    }

    private void line(@Nullable Object value, int depth) {
        if (value instanceof String words && LINES.matcher(words).matches()) {
            text.append(words.endsWith("\n\n") ? " |+" : words.endsWith("\n") ? " |" : " |-").append('\n');
            String lines = words.endsWith("\n") ? words.substring(0, words.length() - 1) : words;
            for (String part : lines.split("\n", -1)) {
                text.append(part.isEmpty() ? "" : "  ".repeat(depth) + part).append('\n');
            }
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> word(value.toString());
        };
    }

    private static String word(String word) {
        return BARE.matcher(word).matches() && CoreSchema.resolve(word) instanceof String ? word : quoted(word);
    }

    private static String quoted(String word) {
        var quoted = new StringBuilder("\"");
        word.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    boolean shown = point >= ' ' && Character.isDefined(point) && !Character.isISOControl(point)
                            && Character.getType(point) != Character.SURROGATE && point != 0xFEFF
                            && point != 0x2028 && point != 0x2029;
                    if (shown) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(String.format(point > 0xFFFF ? "\\U%08x" : "\\u%04x", point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
