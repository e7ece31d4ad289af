package dev.objectos.server.export;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts as cells of spreadsheets hold them: characters that XML has none of, or does not keep, are written by their numbers, a carriage
 * return as {@code _x000D_} (ECMA-376, ST_Xstring).
 */
public final class SheetText {

    /** Control characters but the tab and the line feed, and what could be taken for one that is written so. */
    private static final Pattern UNSAFE = Pattern
            .compile("[\\x00-\\x08\\x0B-\\x1F\\uFFFE\\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)");

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private SheetText() {}

    /** The text as a cell holds it. */
    public static String escaped(String text) {
        return UNSAFE.matcher(text).replaceAll(found -> "_x%04X_".formatted((int) found.group().charAt(0)));
    }

    /** The text that a cell means. */
    public static String plain(String cell) {
        return cell.contains("_x") ? ESCAPED.matcher(cell).replaceAll(SheetText::character) : cell;
    }

    private static String character(MatchResult found) {
        char character = (char) Integer.parseInt(found.group(1), 16);
        return character == '$' || character == '\\' ? "\\" + character : String.valueOf(character);
    }
}
