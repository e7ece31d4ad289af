package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.query.Words;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time by which groups are made, and how they name it. */
enum DateBucket {

    DAY("2026-05-13", "(\\d{4})-(\\d{2})-(\\d{2})") {

        @Override
        LocalDate next(LocalDate first) {
            return first.plusDays(1);
        }
    },
    /** Named by its Monday. */
    WEEK("2026-05-11, its Monday", "(\\d{4})-(\\d{2})-(\\d{2})") {

        @Override
        LocalDate next(LocalDate first) {
            if (first.getDayOfWeek() != DayOfWeek.MONDAY) {
                throw new DateTimeException("no Monday");
            }
            return first.plusWeeks(1);
        }
    },
    MONTH("2026-05", "(\\d{4})-(\\d{2})") {

        @Override
        LocalDate next(LocalDate first) {
            return first.plusMonths(1);
        }
    },
    QUARTER("2026-Q2", "(\\d{4})-Q([1-4])") {

        @Override
        LocalDate next(LocalDate first) {
            return first.plusMonths(3);
        }
    },
    YEAR("2026", "(\\d{4})") {

        @Override
        LocalDate next(LocalDate first) {
            return first.plusYears(1);
        }
    };

    private final String example;
    private final Pattern form;

    DateBucket(String example, String form) {
        this.example = example;
        this.form = Pattern.compile(form);
    }

    /** The first day of the next one; a {@link DateTimeException} where none begins on that day. */
    abstract LocalDate next(LocalDate first);

    /** The condition that a date or instant lies in the one of that name. */
    Map<String, Object> condition(String name) {
        Matcher matcher = form.matcher(name);
        if (matcher.matches()) {
            try {
                LocalDate first = LocalDate.of(number(matcher, 1),
                        this == QUARTER ? number(matcher, 2) * 3 - 2 : number(matcher, 2), number(matcher, 3));
                return Map.of("$gte", first.toString(), "$lte", next(first).minusDays(1).toString());
            } catch (DateTimeException _) {
                // Refused like whatever else names none.
            }
        }
        String word = name().toLowerCase(Locale.ROOT);
        throw new PlatformException(RuntimeError.INVALID_QUERY, Words.quote(name) + " is no " + word
                + " as the rows name one, such as " + example);
    }

    private static int number(Matcher matcher, int group) {
        return group > matcher.groupCount() ? 1 : Integer.parseInt(matcher.group(group));
    }
}
