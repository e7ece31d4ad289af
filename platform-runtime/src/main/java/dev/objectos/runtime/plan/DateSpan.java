package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Operand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of days: what a date macro means on a day. Weeks start on Monday.
 *
 * <ul>
 * <li>{@code today, yesterday, tomorrow}; {@code this_week, last_week, next_week}, likewise month, quarter, year
 * <li>{@code last_n_days:N} the N days before today, and today; {@code next_n_days:N} the N days after today
 * <li>{@code last_n_weeks:N} the N whole weeks before this one, {@code next_n_weeks:N} those after it; likewise months,
 * quarters, years
 * <li>{@code n_days_ago:N} that day, {@code n_weeks_ago:N} that week, and so on
 * <li>single days in the words of the TypeScript client: {@code 30_days_ago}, {@code 2_months_from_now}, likewise weeks
 * and years; {@code current_week_start}, {@code last_quarter_end}, {@code next_year_start} and the like, the current
 * one where none is named
 * </ul>
 *
 * @param from the first day
 * @param until the day after the last
 */
record DateSpan(LocalDate from, LocalDate until) {

    private static final int FARTHEST = 10_000;
    private static final Pattern RELATIVE = Pattern.compile("(this|last|next)_(day|week|month|quarter|year)");
    private static final Pattern COUNTED = Pattern.compile("(last|next)_n_(day|week|month|quarter|year)s");
    private static final Pattern DISTANT = Pattern.compile("(\\d{1,5})_(day|week|month|year)s?_(ago|from_now)");
    private static final Pattern EDGE = Pattern
            .compile("(?:(current|last|next)_)?(week|month|quarter|year)_(start|end)");
    private static final Pattern AGO = Pattern.compile("n_(day|week|month|quarter|year)s_ago");

    /** The span that a macro means; empty where there is no such macro. */
    static Optional<DateSpan> of(Operand.DateMacro macro, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        String name = macro.name();
        Integer argument = macro.argument();
        if (argument == null) {
            return switch (name) {
                case "today", "now" -> Optional.of(days(today, 0, 1));
                case "yesterday" -> Optional.of(days(today, -1, 1));
                case "tomorrow" -> Optional.of(days(today, 1, 1));
                default -> relative(name, today).or(() -> distant(name, today)).or(() -> edge(name, today));
            };
        }
        return argument < 0 || argument > FARTHEST ? Optional.empty() : counted(name, argument, today);
    }

    /** The instants of the span. */
    Instant start(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The first instant after the span. */
    Instant end(ZoneId zone) {
        return until.atStartOfDay(zone).toInstant();
    }

    private static Optional<DateSpan> relative(String name, LocalDate today) {
        Matcher matcher = RELATIVE.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(periods(matcher.group(2), today, distance(matcher.group(1)), 1));
    }

    private static int distance(@Nullable String word) {
        return switch (word) {
            case "last" -> -1;
            case "next" -> 1;
            case null, default -> 0;
        };
    }

    private static Optional<DateSpan> distant(String name, LocalDate today) {
        Matcher matcher = DISTANT.matcher(name);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > FARTHEST) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1)) * (matcher.group(3).equals("ago") ? -1 : 1);
        return Optional.of(days(switch (matcher.group(2)) {
            case "day" -> today.plusDays(count);
            case "week" -> today.plusWeeks(count);
            case "month" -> today.plusMonths(count);
            default -> today.plusYears(count);
        }, 0, 1));
    }

    private static Optional<DateSpan> edge(String name, LocalDate today) {
        Matcher matcher = EDGE.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        DateSpan period = periods(matcher.group(2), today, distance(matcher.group(1)), 1);
        return Optional.of(matcher.group(3).equals("start") ? days(period.from, 0, 1) : days(period.until, -1, 1));
    }

    private static Optional<DateSpan> counted(String name, int count, LocalDate today) {
        Matcher ago = AGO.matcher(name);
        if (ago.matches()) {
            return Optional.of(periods(ago.group(1), today, -count, 1));
        }
        Matcher counted = COUNTED.matcher(name);
        if (!counted.matches()) {
            return Optional.empty();
        }
        boolean back = counted.group(1).equals("last");
        String unit = counted.group(2);
        if (back && unit.equals("day")) {
            return Optional.of(days(today, -count, count + 1));
        }
        return Optional.of(periods(unit, today, back ? -count : 1, count));
    }

    private static DateSpan days(LocalDate today, int distance, int count) {
        LocalDate from = today.plusDays(distance);
        return new DateSpan(from, from.plusDays(count));
    }

    private static DateSpan periods(String unit, LocalDate today, int distance, int count) {
        return switch (unit) {
            case "day" -> days(today, distance, count);
            case "week" -> {
                LocalDate monday = today.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
                yield between(monday, ChronoUnit.WEEKS, distance, count);
            }
            case "month" -> between(today.withDayOfMonth(1), ChronoUnit.MONTHS, distance, count);
            case "quarter" ->
                between(today.with(IsoFields.DAY_OF_QUARTER, 1), IsoFields.QUARTER_YEARS, distance, count);
            case "year" -> between(today.withDayOfYear(1), ChronoUnit.YEARS, distance, count);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static DateSpan between(LocalDate start, java.time.temporal.TemporalUnit unit, int distance, int count) {
        LocalDate from = start.plus(distance, unit);
        return new DateSpan(from, from.plus(count, unit));
    }

    /** As the author of a filter writes the macro. */
    static String written(String name, @Nullable Integer argument) {
        return argument == null ? "{" + name + "}" : "{" + name + ":" + argument + "}";
    }
}
