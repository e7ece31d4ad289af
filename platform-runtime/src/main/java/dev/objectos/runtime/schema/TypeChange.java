package dev.objectos.runtime.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column get another type.
 *
 * @param using SQL expression of the new value; null where the old one has no place in the new type
 * @param lossy condition that holds for rows whose value would not survive; null: every value survives
 */
record TypeChange(String using, @Nullable String lossy) {

    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");

    /** Decimal digits of the largest bigint. */
    private static final int BIGINT_DIGITS = 19;

    static TypeChange of(String quotedColumn, String from, String to) {
        if (to.equals("text")) {
            return toText(quotedColumn, from);
        }
        if (from.endsWith("[]")) {
            return fromList(quotedColumn, from, to);
        }
        if (to.endsWith("[]")) {
            TypeChange element = of(quotedColumn, from, to.substring(0, to.length() - 2));
            return new TypeChange(
                    "CASE WHEN " + quotedColumn + " IS NOT NULL THEN ARRAY[" + element.using() + "] END",
                    element.lossy());
        }
        if (number(from) && number(to)) {
            return betweenNumbers(quotedColumn, from, to);
        }
        if (from.equals("date") && to.equals("timestamptz")) {
            return new TypeChange(quotedColumn + "::timestamptz", null);
        }
        if (from.equals("timestamptz") && to.equals("date")) {
            return new TypeChange("(" + quotedColumn + " AT TIME ZONE 'UTC')::date",
                    quotedColumn + " <> date_trunc('day', " + quotedColumn + ", 'UTC')");
        }
        if (from.equals("boolean") && number(to)) {
            return new TypeChange(quotedColumn + "::int::" + to, null);
        }
        if (to.equals("jsonb")) {
            return new TypeChange("to_jsonb(" + quotedColumn + ")", null);
        }
        return throughText(quotedColumn, to);
    }

    /** Whether a column can have the other type at once, with the same values, and whoever knows the old one notices nothing. */
    static boolean staysInPlace(String from, String to) {
        return NUMERIC.matcher(from).matches() && number(to) && !to.equals("bigint")
                && (to.equals("numeric") || scale(from) == scale(to) && wholeDigits(from) <= wholeDigits(to));
    }

    private static TypeChange toText(String column, String from) {
        return switch (from) {
            case "text[]", "uuid[]" -> new TypeChange(column + "[1]::text", "cardinality(" + column + ") > 1");
            case "double precision[]" -> new TypeChange("array_to_json(" + column + ")::text", null);
            default -> new TypeChange(column + "::text", null);
        };
    }

    private static TypeChange fromList(String column, String from, String to) {
        if (to.endsWith("[]")) {
            return new TypeChange("CASE WHEN " + valid(column, to) + " THEN " + column + "::text::" + to + " END",
                    "NOT " + valid(column, to));
        }
        if (to.equals("jsonb")) {
            return new TypeChange("to_jsonb(" + column + ")", null);
        }
        TypeChange element = of(column + "[1]", from.substring(0, from.length() - 2), to);
        String several = "cardinality(" + column + ") > 1";
        return new TypeChange(element.using(), element.lossy() == null ? several : several + " OR " + element.lossy());
    }

    private static TypeChange betweenNumbers(String column, String from, String to) {
        if (to.equals("numeric")) {
            return new TypeChange(column + "::numeric", null);
        }
        int scale = scale(to);
        int whole = wholeDigits(to);
        String rounded = "round(" + column + "::numeric, " + scale + ")";
        String tooLarge = to.equals("bigint")
                ? rounded + " NOT BETWEEN -9223372036854775808 AND 9223372036854775807"
                : "abs(" + rounded + ") >= 1e" + whole;
        boolean everyValueFits = !from.equals("numeric") && scale(from) <= scale && wholeDigits(from) <= whole;
        return new TypeChange(
                everyValueFits
                        ? column + "::" + to
                        : "CASE WHEN NOT (" + tooLarge + ") THEN " + rounded + "::" + to + " END",
                everyValueFits ? null : tooLarge + " OR " + column + " <> " + rounded);
    }

    private static TypeChange throughText(String column, String to) {
        return new TypeChange("CASE WHEN " + valid(column, to) + " THEN " + column + "::text::" + to + " END",
                "NOT " + valid(column, to));
    }

    private static String valid(String column, String to) {
        return "pg_input_is_valid(" + column + "::text, " + Ddl.text(to) + ")";
    }

    private static boolean number(String type) {
        return type.equals("bigint") || (type.startsWith("numeric") && !type.endsWith("[]"));
    }

    private static int scale(String type) {
        Matcher numeric = NUMERIC.matcher(type);
        return numeric.matches() ? Integer.parseInt(numeric.group(2)) : 0;
    }

    private static int wholeDigits(String type) {
        Matcher numeric = NUMERIC.matcher(type);
        return numeric.matches()
                ? Integer.parseInt(numeric.group(1)) - Integer.parseInt(numeric.group(2))
                : BIGINT_DIGITS;
    }
}
