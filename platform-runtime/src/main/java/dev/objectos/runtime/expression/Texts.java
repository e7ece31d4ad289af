package dev.objectos.runtime.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text functions by code points, as PostgreSQL counts characters. */
final class Texts {

    /** What counts as white space: ASCII's, no-break space, and the spaces of Unicode. */
    static final String WHITE_SPACE = "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
            + "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    /** The most characters that {@code replace} may produce; more is null. */
    static final long MAX_REPLACED = 10_000_000;

    /** The most characters that a result is cut to by {@code left}, {@code right} and {@code substring}. */
    static final int MAX_POSITION = 1_000_000_000;

    private Texts() {}

    static int size(String text) {
        return text.codePointCount(0, text.length());
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isWhite(char c) {
        return WHITE_SPACE.indexOf(c) >= 0;
    }

    /** Each code point by itself, as the database's collation pg_c_utf8 does: the length never changes. */
    static String mapped(String text, IntUnaryOperator mapping) {
        var mapped = new StringBuilder(text.length());
        text.codePoints().map(mapping).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    static int upperAscii(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }

    static int lowerAscii(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    static String substring(String text, int start, int end) {
        int size = size(text);
        int from = Math.min(Math.max(start, 0), size);
        int to = Math.min(Math.max(end, from), size);
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    static int indexOf(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    static @Nullable String replace(String text, String from, String to) {
        if (from.isEmpty()) {
            return text;
        }
        boolean bounded = size(to) <= size(from) || (long) size(text) * size(to) <= MAX_REPLACED;
        return bounded ? text.replace(from, to) : null;
    }

    /** The parts between separators; none for the empty text. */
    static List<@Nullable Object> split(String text, String separator) {
        var parts = new ArrayList<@Nullable Object>();
        if (text.isEmpty()) {
            return parts;
        }
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    static String join(List<?> parts, String separator) {
        var joined = new StringBuilder();
        boolean first = true;
        for (Object part : parts) {
            if (part != null) {
                joined.append(first ? "" : separator).append(part);
                first = false;
            }
        }
        return joined.toString();
    }
}
