package dev.objectos.runtime.query;

/**
 * Keeps spreadsheets from taking a text for a formula: one that begins like one gets an apostrophe before it. So that the text
 * can be told again, one that begins with apostrophes and then like a formula gets one more.
 */
public final class FormulaGuard {

    private static final char MARK = '\'';

    private FormulaGuard() {}

    /** The text as it goes into a file. */
    public static String guarded(String text) {
        return startsFormula(text) ? MARK + text : text;
    }

    /** The text that {@link #guarded} has made this of; any other text is what it is. */
    public static String bare(String text) {
        return text.length() > 1 && text.charAt(0) == MARK && startsFormula(text) ? text.substring(1) : text;
    }

    private static boolean startsFormula(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == MARK) {
            first++;
        }
        return first < text.length() && switch (text.charAt(first)) {
            case '=', '+', '-', '@', '\t', '\r' -> true;
            default -> false;
        };
    }
}
