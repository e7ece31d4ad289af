package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression's text made ready for the CEL parser, character for character, so that every place in it is still the place
 * in the file: the <code>${…}</code> around it and the braces of references such as <code>{count}</code> become blanks.
 */
final class SourceText {

    private static final Pattern REFERENCE = Pattern.compile("\\{(\\s*[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*\\s*)}");

    private final ExpressionSource source;
    private final int[] codePoints;
    private final List<Early> early = new ArrayList<>();

    SourceText(ExpressionSource source) {
        this.source = source;
        this.codePoints = prepare(source.text()).codePoints().toArray();
    }

    /** What the parser gets. */
    String text() {
        return new String(codePoints, 0, codePoints.length);
    }

    int length() {
        return codePoints.length;
    }

    /** Spellings of other languages that would only give a baffling error from the parser. */
    List<ExpressionProblem> problems() {
        return early.stream().map(found -> problem(found.offset, found.message, found.suggestion)).toList();
    }

    ExpressionProblem problem(int offset, String message, String suggestion) {
        int line = 0;
        int column = offset;
        for (int i = 0; i < offset && i < codePoints.length; i++) {
            if (codePoints[i] == '\n') {
                line++;
                column = offset - i - 1;
            }
        }
        SourceLocation start = source.where();
        SourceLocation where = start.line() == 0
                ? start
                : new SourceLocation(start.file(), start.line() + line,
                        line == 0 ? Math.max(start.column(), 1) + column : column + 1);
        return new ExpressionProblem(message, suggestion, where, offset + 1);
    }

    /** The literal or name that starts at an offset. */
    String word(int offset) {
        int end = offset;
        while (end < codePoints.length && (Character.isLetterOrDigit(codePoints[end]) || codePoints[end] == '_')) {
            end++;
        }
        return new String(codePoints, offset, end - offset);
    }

    /** That many characters from an offset. */
    String word(int offset, int length) {
        return new String(codePoints, offset, Math.min(length, codePoints.length - offset));
    }

    /** The number as it was written, without a sign; it may have more digits than a double. */
    String number(int offset) {
        int end = offset;
        while (end < codePoints.length && isNumberPart(end)) {
            end++;
        }
        return new String(codePoints, offset, end - offset);
    }

    /** Where a name stands that is followed by what is at the offset, such as a function before its parenthesis. */
    int before(int offset, String name) {
        int end = offset;
        while (end > 0 && Character.isWhitespace(codePoints[end - 1])) {
            end--;
        }
        return Math.max(0, end - name.length());
    }

    /** Where a name stands that follows the dot at the offset. */
    int after(int offset) {
        int start = offset + 1;
        while (start < codePoints.length && Character.isWhitespace(codePoints[start])) {
            start++;
        }
        return start;
    }

    private boolean isNumberPart(int at) {
        int c = codePoints[at];
        boolean exponent = at > 0 && (codePoints[at - 1] == 'e' || codePoints[at - 1] == 'E');
        return Character.isLetterOrDigit(c) || c == '.' || (exponent && (c == '-' || c == '+'));
    }

    private String prepare(String text) {
        String trimmed = text.strip();
        String inner = text;
        if (trimmed.startsWith("${") && trimmed.endsWith("}")) {
            int open = text.indexOf("${");
            int close = text.lastIndexOf('}');
            inner = " ".repeat(open + 2) + text.substring(open + 2, close) + " ".repeat(text.length() - close);
        }
        var prepared = new StringBuilder(inner);
        int at = 0;
        while (at < prepared.length()) {
            at = step(prepared, at);
        }
        return prepared.toString();
    }

    private int step(StringBuilder text, int at) {
        char c = text.charAt(at);
        switch (c) {
            case '\'', '"' -> {
                return endOfString(text, at);
            }
            case '/' -> {
                if (at + 1 < text.length() && text.charAt(at + 1) == '/') {
                    int end = text.indexOf("\n", at);
                    return end < 0 ? text.length() : end;
                }
            }
            case '{' -> {
                Matcher reference = REFERENCE.matcher(text).region(at, text.length());
                if (reference.lookingAt()) {
                    text.setCharAt(at, ' ');
                    text.setCharAt(reference.end() - 1, ' ');
                    return reference.end();
                }
            }
            case '<', '>', '!', '=' -> {
                return operator(text, at, c);
            }
            default -> {
                return at + 1;
            }
        }
        return at + 1;
    }

    private int operator(StringBuilder text, int at, char c) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int offset = text.codePointCount(0, at);
        if (c == '<' && next == '>') {
            report(offset, "'<>' is not an operator here", "write !=");
        } else if (c == '=' && next != '=') {
            report(offset, "'=' is not a comparison", "write ==");
        }
        boolean three = next == '=' && at + 2 < text.length() && text.charAt(at + 2) == '=';
        if (three && (c == '=' || c == '!')) {
            report(offset, "'" + c + "==' is not an operator here", "write " + c + "=");
            return at + 3;
        }
        return next == '=' || next == '>' ? at + 2 : at + 1;
    }

    private void report(int offset, String message, String suggestion) {
        early.add(new Early(offset, message, suggestion));
    }

    private record Early(int offset, String message, String suggestion) {}

    private static int endOfString(StringBuilder text, int start) {
        char quote = text.charAt(start);
        boolean raw = start > 0 && (text.charAt(start - 1) == 'r' || text.charAt(start - 1) == 'R');
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = text.length() >= start + 3 && triple.contentEquals(text.subSequence(start, start + 3));
        int at = start + (isTriple ? 3 : 1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && !raw) {
                at += 2;
            } else if (c == quote && !isTriple) {
                return at + 1;
            } else if (isTriple && text.indexOf(triple, at) == at) {
                return at + 3;
            } else {
                at++;
            }
        }
        return text.length();
    }
}
