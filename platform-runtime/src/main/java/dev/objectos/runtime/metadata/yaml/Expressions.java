package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the ways in which expressions are written to plain CEL text; whether it compiles is found out later. */
final class Expressions {

    private static final Pattern BRACED_NAME = Pattern.compile("\\{\\s*([a-zA-Z_][\\w.]*)\\s*}");
    private static final Pattern VARIABLE = Pattern
            .compile("\\$(current_?[uU]ser|user|now|today|current_date|record)\\b");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");

    private Expressions() {}

    /** The expression that a scalar holds, placed where its first character was written. */
    static ExpressionSource source(Scalar written) {
        String text = written.text();
        int start = text.length() - text.stripLeading().length();
        if (isWrapped(text)) {
            start += 2;
            while (Character.isWhitespace(text.charAt(start))) {
                start++;
            }
        }
        return new ExpressionSource(cel(text), text.contains("\n") ? written.where() : written.at(start));
    }

    /** The text without <code>${…}</code>, with what other languages write otherwise replaced. */
    static String cel(String text) {
        // Blanks keep what follows in its column.
        return outsideStrings(unwrap(text), part -> variables(part.replace("!==", "!= ").replace("===", "== ")));
    }

    /** The same for texts in which {@code AND}, {@code OR}, {@code NOT} and a single {@code =} are operators. */
    static String fromOlder(String text) {
        return outsideStrings(cel(text), part -> BRACED_NAME.matcher(part).replaceAll("$1")
                .replaceAll("\\bAND\\b", "&&").replaceAll("\\bOR\\b", "||").replaceAll("\\bNOT\\b", "!")
                .replace("<>", "!=").replaceAll("(?<![<>=!])=(?!=)", "=="));
    }

    /** Whether the whole text is one <code>${…}</code>. */
    static boolean isWrapped(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("${") && closing(trimmed, 1) == trimmed.length() - 1;
    }

    static boolean mentionsExpression(String text) {
        return text.contains("${");
    }

    /** Text as a CEL literal. */
    static String quote(String text) {
        var quoted = new StringBuilder("'");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\'' -> quoted.append("\\'");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.appendCodePoint(c);
            }
        });
        return quoted.append('\'').toString();
    }

    static String unwrap(String text) {
        String trimmed = text.strip();
        return isWrapped(trimmed) ? trimmed.substring(2, trimmed.length() - 1).strip() : trimmed;
    }

    private static String variables(String part) {
        return VARIABLE.matcher(part).replaceAll(found -> switch (found.group(1)) {
            case "now" -> "now";
            case "today", "current_date" -> "today";
            case "record" -> "record";
            default -> "currentUser";
        });
    }

    /** Applies a change to everything but the string literals. */
    static String outsideStrings(String text, UnaryOperator<String> change) {
        var result = new StringBuilder();
        Matcher strings = STRING.matcher(text);
        int from = 0;
        while (strings.find()) {
            result.append(change.apply(text.substring(from, strings.start()))).append(strings.group());
            from = strings.end();
        }
        return result.append(change.apply(text.substring(from))).toString();
    }

    /** Where the brace that opens at a place is closed again; -1 where it is not. */
    private static int closing(String text, int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
