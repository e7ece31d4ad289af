package dev.objectos.runtime.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings the ways in which expressions are written to plain CEL text; whether it compiles is found out later. */
public final class CelText {

    private static final Pattern BRACED_NAME = Pattern.compile("\\{\\s*([a-zA-Z_][\\w.]*)\\s*}");
    private static final Pattern VARIABLE = Pattern
            .compile("\\$(current_?[uU]ser|user|now|today|current_date|record)\\b");
    private static final Pattern THIS = Pattern.compile("(?<![\\w.])this\\.");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");

    private CelText() {}

    /** The text without <code>${…}</code>, with what other languages write otherwise replaced. */
    public static String cel(String text) {
        // Blanks keep what follows in its column.
        return outsideStrings(unwrap(text), part -> variables(
                THIS.matcher(part.replace("!==", "!= ").replace("===", "== ")).replaceAll("record.")));
    }

    /** The same for texts in which {@code AND}, {@code OR}, {@code NOT} and a single {@code =} are operators. */
    public static String fromOlder(String text) {
        return outsideStrings(cel(text), part -> BRACED_NAME.matcher(part).replaceAll("$1")
                .replaceAll("\\bAND\\b", "&&").replaceAll("\\bOR\\b", "||").replaceAll("\\bNOT\\b", "!")
                .replace("<>", "!=").replaceAll("(?<![<>=!])=(?!=)", "=="));
    }

    /** Whether the whole text is one <code>${…}</code>. */
    public static boolean isWrapped(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("${") && closing(trimmed, 1) == trimmed.length() - 1;
    }

    public static boolean mentionsExpression(String text) {
        return text.contains("${");
    }

    /** Text as a CEL literal. */
    public static String quote(String text) {
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

    /** The text without <code>${…}</code> around it. */
    public static String unwrap(String text) {
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
    public static String outsideStrings(String text, UnaryOperator<String> change) {
        var result = new StringBuilder();
        Matcher strings = STRING.matcher(text);
        int from = 0;
        while (strings.find()) {
            result.append(change.apply(text.substring(from, strings.start()))).append(strings.group());
            from = strings.end();
        }
        return result.append(change.apply(text.substring(from))).toString();
    }

    /**
     * Text with expressions in it, such as <code>Dear ${record.name}</code>.
     *
     * @param text the literal text before an expression, or the end of it
     * @param expression CEL as it was written; null at the end of the text
     * @param offset where the expression begins in the whole text, in characters
     */
    public record Piece(String text, @Nullable String expression, int offset) {}

    /** The pieces of a text; one whose brace is not closed is text. */
    public static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = closing(text, open + 1);
            if (close < 0) {
                break;
            }
            pieces.add(new Piece(text.substring(from, open), text.substring(open + 2, close), open + 2));
            from = close + 1;
        }
        pieces.add(new Piece(text.substring(from), null, from));
        return List.copyOf(pieces);
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
