package dev.objectos.runtime.expression;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The functions as the JVM computes them, for arguments of which none is null. */
final class Functions {

    private Functions() {}

    static @Nullable Object apply(Function function, List<@Nullable Object> given) {
        var a = new Arguments(given);
        return switch (function) {
            case CONTAINS -> a.text(0).contains(a.text(1));
            case STARTS_WITH -> a.text(0).startsWith(a.text(1));
            case ENDS_WITH -> a.text(0).endsWith(a.text(1));
            case MATCHES -> Patterns.of(a.text(1)).matcher(a.text(0)).find();
            case SIZE -> number(a.get(0) instanceof List<?> list ? list.size() : Texts.size(a.text(0)));
            case UPPER -> Texts.mapped(a.text(0), Character::toUpperCase);
            case LOWER -> Texts.mapped(a.text(0), Character::toLowerCase);
            case UPPER_ASCII -> Texts.mapped(a.text(0), Texts::upperAscii);
            case LOWER_ASCII -> Texts.mapped(a.text(0), Texts::lowerAscii);
            case TRIM -> Texts.trim(a.text(0));
            case SUBSTRING ->
                Texts.substring(a.text(0), a.position(1), a.size() > 2 ? a.position(2) : Texts.MAX_POSITION);
            case REPLACE -> Texts.replace(a.text(0), a.text(1), a.text(2));
            case LEFT -> Texts.substring(a.text(0), 0, a.position(1));
            case RIGHT -> Texts.substring(a.text(0), Math.max(Texts.size(a.text(0)) - a.position(1), 0),
                    Texts.MAX_POSITION);
            case INDEX_OF -> number(Texts.indexOf(a.text(0), a.text(1)));
            case SPLIT -> Texts.split(a.text(0), a.text(1));
            case JOIN -> Texts.join((List<?>) a.get(0), a.text(1));
            case ABS -> a.number(0).abs();
            case ROUND -> Numbers.rounded(a.number(0), a.size() > 1 ? a.number(1).intValueExact() : 0);
            case FLOOR -> a.number(0).setScale(0, RoundingMode.FLOOR);
            case CEIL -> a.number(0).setScale(0, RoundingMode.CEILING);
            case ADD_DAYS -> a.get(0) instanceof LocalDate date
                    ? Moments.days(date, a.number(1))
                    : Moments.seconds((Instant) a.get(0), a.number(1), 86_400);
            case ADD_MONTHS -> Moments.months(a.get(0), a.number(1), 1);
            case ADD_YEARS -> Moments.months(a.get(0), a.number(1), 12);
            case ADD_HOURS -> Moments.seconds((Instant) a.get(0), a.number(1), 3600);
            case ADD_MINUTES -> Moments.seconds((Instant) a.get(0), a.number(1), 60);
            case ADD_SECONDS -> Moments.plus((Instant) a.get(0), a.number(1));
            case DAYS_BETWEEN -> number(ChronoUnit.DAYS.between((LocalDate) a.get(0), (LocalDate) a.get(1)));
            case HOURS_BETWEEN -> Moments.units((Instant) a.get(0), (Instant) a.get(1), 3600);
            case MINUTES_BETWEEN -> Moments.units((Instant) a.get(0), (Instant) a.get(1), 60);
            case SECONDS_BETWEEN -> Moments.between((Instant) a.get(0), (Instant) a.get(1));
            case YEAR -> number(a.date().getYear());
            case MONTH -> number(a.date().getMonthValue());
            case MONTH_INDEX -> number(a.date().getMonthValue() - 1);
            case DAY -> number(a.date().getDayOfMonth());
            case DAY_INDEX -> number(a.date().getDayOfMonth() - 1);
            case WEEKDAY -> number(a.date().getDayOfWeek().getValue() % 7);
            case HOUR -> number(a.time().getHour());
            case MINUTE -> number(a.time().getMinute());
            case SECOND -> number(a.time().getSecond());
            case COALESCE, GREATEST, LEAST, IS_BLANK ->
                throw new IllegalStateException(function + " takes nulls and is not computed here");
        };
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    private record Arguments(List<@Nullable Object> values) {

        int size() {
            return values.size();
        }

        Object get(int index) {
            return Objects.requireNonNull(values.get(index));
        }

        String text(int index) {
            return (String) get(index);
        }

        BigDecimal number(int index) {
            return (BigDecimal) get(index);
        }

        int position(int index) {
            return Numbers.clamped(number(index), 0, Texts.MAX_POSITION);
        }

        LocalDate date() {
            return (LocalDate) get(0);
        }

        LocalTime time() {
            return get(0) instanceof LocalTime time
                    ? time
                    : OffsetDateTime.ofInstant((Instant) get(0), ZoneOffset.UTC).toLocalTime();
        }
    }

    /** Compiled patterns; they are literals of expressions, so there are few. RE2 takes linear time. */
    private static final class Patterns {

        private static final ConcurrentHashMap<String, Pattern> COMPILED = new ConcurrentHashMap<>();

        static Pattern of(String pattern) {
            if (COMPILED.size() > 10_000) {
                COMPILED.clear();
            }
            return COMPILED.computeIfAbsent(pattern, Pattern::compile);
        }
    }
}
