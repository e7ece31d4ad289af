package dev.objectos.runtime.sql;

import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of an autonumber, such as {@code INV-{YYYY}-{0000}}: text, parts of the date, and one run of zeros for the
 * number, which grows where it must. Numbers begin again with each new combination of the date parts.
 */
record NumberFormat(String before, int digits, String after) {

    private static final Pattern NUMBER = Pattern.compile("\\{(0+)}");
    private static final Pattern DATE_PART = Pattern.compile("\\{(YYYY|YY|MM|DD)}");
    private static final int DEFAULT_DIGITS = 4;

    static NumberFormat parse(String format) {
        Matcher number = NUMBER.matcher(format);
        return number.find()
                ? new NumberFormat(format.substring(0, number.start()), number.group(1).length(),
                        format.substring(number.end()))
                : new NumberFormat(format, DEFAULT_DIGITS, "");
    }

    /** What is counted together: the values of the date parts, empty where the format has none. */
    String period(ZonedDateTime moment) {
        var period = new StringBuilder();
        Matcher part = DATE_PART.matcher(before + after);
        while (part.find()) {
            period.append(value(part.group(1), moment)).append('-');
        }
        return period.isEmpty() ? "" : period.substring(0, period.length() - 1);
    }

    String prefix(ZonedDateTime moment) {
        return fill(before, moment);
    }

    String suffix(ZonedDateTime moment) {
        return fill(after, moment);
    }

    private static String fill(String text, ZonedDateTime moment) {
        return DATE_PART.matcher(text).replaceAll(part -> value(part.group(1), moment));
    }

    private static String value(String part, ZonedDateTime moment) {
        return switch (part) {
            case "YYYY" -> String.format(Locale.ROOT, "%04d", moment.getYear());
            case "YY" -> String.format(Locale.ROOT, "%02d", moment.getYear() % 100);
            case "MM" -> String.format(Locale.ROOT, "%02d", moment.getMonthValue());
            default -> String.format(Locale.ROOT, "%02d", moment.getDayOfMonth());
        };
    }
}
