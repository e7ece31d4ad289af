package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.query.Words;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The days to which a question keeps: a name of some, one, or the first and the last. */
final class DateRange {

    private static final Pattern COUNTED = Pattern.compile("(last|next)_(\\d{1,5})_(day|week|month|quarter|year)s?");
    private static final Pattern MACRO = Pattern.compile("[a-z]+(_[a-z]+)*(:\\d{1,5})?");

    private DateRange() {}

    /** The condition that a date or instant lies in it. */
    static Map<String, Object> condition(Object given) {
        return switch (given) {
            case List<?> edges when edges.size() == 2 && edges.getFirst() instanceof String first
                    && edges.getLast() instanceof String last ->
                Map.of("$gte", days(first), "$lte", days(last));
            case String text -> Map.of("$eq", days(text));
            default -> throw refuse(given);
        };
    }

    /** A date stays as it is, and a name becomes a macro. */
    private static String days(String text) {
        Matcher counted = COUNTED.matcher(text);
        if (counted.matches()) {
            return "{" + counted.group(1) + "_n_" + counted.group(3) + "s:" + counted.group(2) + "}";
        }
        if (MACRO.matcher(text).matches()) {
            return "{" + text + "}";
        }
        if (text.isEmpty() || text.charAt(0) != '{' && !Character.isDigit(text.charAt(0))) {
            throw refuse(text);
        }
        return text;
    }

    private static PlatformException refuse(Object given) {
        return new PlatformException(RuntimeError.INVALID_QUERY,
                "\"dateRange\" is a name such as last_7_days or this_month, a date, or two of them such as"
                        + " [\"2026-01-01\", \"2026-01-31\"], not " + Words.describe(given));
    }
}
