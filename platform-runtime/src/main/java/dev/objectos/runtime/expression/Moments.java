package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Moving dates and instants about. What would leave the years 1 to 9999 is null; counts are cut towards zero. */
final class Moments {

    private static final long FIRST_DAY = Conversions.FIRST_DATE.toEpochDay();
    private static final long LAST_DAY = Conversions.LAST_DATE.toEpochDay();

    private Moments() {}

    static @Nullable LocalDate days(LocalDate date, BigDecimal count) {
        BigDecimal day = BigDecimal.valueOf(date.toEpochDay()).add(count.setScale(0, RoundingMode.DOWN));
        return between(day, FIRST_DAY, LAST_DAY) ? LocalDate.ofEpochDay(day.longValue()) : null;
    }

    /** The day of the month stays, or becomes the last one of a shorter month. */
    static @Nullable Object months(Object moment, BigDecimal count, int months) {
        BigDecimal more = count.setScale(0, RoundingMode.DOWN).multiply(BigDecimal.valueOf(months));
        return switch (moment) {
            case LocalDate date -> staysInCalendar(date, more) ? date.plusMonths(more.longValue()) : null;
            case Instant instant -> {
                LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
                yield staysInCalendar(local.toLocalDate(), more)
                        ? local.plusMonths(more.longValue()).toInstant(ZoneOffset.UTC)
                        : null;
            }
            default -> throw new IllegalStateException("neither a date nor an instant: " + moment);
        };
    }

    private static boolean staysInCalendar(LocalDate date, BigDecimal months) {
        BigDecimal month = BigDecimal.valueOf(date.getYear() * 12L + date.getMonthValue() - 1).add(months);
        return date.getYear() >= 1 && between(month, 12, 119_999);
    }

    /** @param unit seconds that one of the count is */
    static @Nullable Instant seconds(Instant instant, BigDecimal count, int unit) {
        BigDecimal whole = count.setScale(0, RoundingMode.DOWN);
        return Numbers.within(whole, Numbers.MAX_MINUTES)
                ? plus(instant, whole.multiply(BigDecimal.valueOf(unit)))
                : null;
    }

    static @Nullable Instant plus(Instant instant, BigDecimal seconds) {
        if (!Conversions.inRange(instant) || !Numbers.within(seconds.movePointLeft(5), Numbers.MAX_DAYS)) {
            return null;
        }
        Instant later = instant.plus(Spans.duration(seconds));
        return Conversions.inRange(later) ? later : null;
    }

    /** Seconds with fractions. */
    static BigDecimal between(Instant from, Instant to) {
        return Spans.seconds(Duration.between(from, to));
    }

    /** Whole units, cut towards zero. */
    static BigDecimal units(Instant from, Instant to, int seconds) {
        return between(from, to).divideToIntegralValue(BigDecimal.valueOf(seconds)).setScale(0, RoundingMode.DOWN);
    }

    private static boolean between(BigDecimal value, long low, long high) {
        return value.compareTo(BigDecimal.valueOf(low)) >= 0 && value.compareTo(BigDecimal.valueOf(high)) <= 0;
    }
}
