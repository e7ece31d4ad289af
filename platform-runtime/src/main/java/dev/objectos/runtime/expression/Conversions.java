package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conversions as the JVM does them; the patterns are those that the SQL form guards its casts with. */
final class Conversions {

    static final String NUMBER_PATTERN = "^-?[0-9]{1,200}(\\.[0-9]{1,200})?$";
    static final String DATE_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
    static final String TIME_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?$";
    static final String INSTANT_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            + "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$";
    static final String ID_PATTERN = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
    static final int MAX_JSON_NUMBER = 1_000;

    static final LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);
    static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);
    static final Instant FIRST_INSTANT = FIRST_DATE.atStartOfDay().toInstant(ZoneOffset.UTC);
    static final Instant END_OF_INSTANTS = LAST_DATE.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);

    private static final Pattern NUMBER = Pattern.compile(NUMBER_PATTERN);
    private static final Pattern DATE = Pattern.compile(DATE_PATTERN);
    private static final Pattern TIME = Pattern.compile(TIME_PATTERN);
    private static final Pattern INSTANT = Pattern.compile(INSTANT_PATTERN);

    private Conversions() {}

    static @Nullable Object convert(Conversion conversion, Object value) {
        return switch (conversion) {
            case INTEGER_TO_NUMBER -> value;
            case DATE_TO_INSTANT -> inRange((LocalDate) value)
                    ? ((LocalDate) value).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : null;
            case INSTANT_TO_DATE -> ((Instant) value).atOffset(ZoneOffset.UTC).toLocalDate();
            case NUMBER_TO_TEXT -> plain((BigDecimal) value);
            case BOOLEAN_TO_TEXT, ID_TO_TEXT -> value.toString();
            case DATE_TO_TEXT -> inRange((LocalDate) value) ? value.toString() : null;
            case TIME_TO_TEXT -> DateTimeFormatter.ofPattern("HH:mm:ss").format((LocalTime) value);
            case INSTANT_TO_TEXT -> inRange((Instant) value)
                    ? ((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString()
                    : null;
            case JSON_TO_TEXT -> value instanceof String ? value : null;
            case JSON_SCALAR_TO_TEXT -> switch (value) {
                case String text -> text;
                case Boolean truth -> truth.toString();
                case BigDecimal number -> plain(number);
                default -> null;
            };
            case JSON_TO_NUMBER -> value instanceof BigDecimal number && isShort(number) ? number : null;
            case JSON_TO_BOOLEAN -> value instanceof Boolean ? value : null;
            case JSON_TO_LIST -> value instanceof List<?> ? value : List.of();
            case TEXT_TO_NUMBER -> number((String) value);
            case TEXT_TO_DATE -> fromText((String) value, ExpressionType.DATE);
            case TEXT_TO_INSTANT -> fromText((String) value, ExpressionType.INSTANT);
            case TEXT_TO_TIME -> fromText((String) value, ExpressionType.TIME);
            case TEXT_TO_ID -> FieldValues.isId((String) value) ? UUID.fromString((String) value) : null;
            case NUMBER_TO_INTEGER -> ((BigDecimal) value).setScale(0, RoundingMode.DOWN);
        };
    }

    /** The date, time, instant or id that a text spells, or null. */
    static @Nullable Object fromText(String text, ExpressionType type) {
        if (type instanceof ExpressionType.Reference) {
            return FieldValues.isId(text) ? UUID.fromString(text) : null;
        }
        try {
            if (type.equals(ExpressionType.DATE)) {
                LocalDate date = DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
                return date == null || date.getYear() < 1 ? null : date;
            }
            if (type.equals(ExpressionType.TIME)) {
                return TIME.matcher(text).matches() ? LocalTime.parse(text) : null;
            }
            if (type.equals(ExpressionType.INSTANT)) {
                OffsetDateTime moment = INSTANT.matcher(text).matches() ? OffsetDateTime.parse(text) : null;
                return moment == null || moment.getYear() < 1 ? null : moment.toInstant();
            }
        } catch (DateTimeException e) {
            return null; // such as 30 February
        }
        return null;
    }

    static @Nullable BigDecimal number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static boolean inRange(LocalDate date) {
        return !date.isBefore(FIRST_DATE) && !date.isAfter(LAST_DATE);
    }

    static boolean inRange(Instant instant) {
        return !instant.isBefore(FIRST_INSTANT) && instant.isBefore(END_OF_INSTANTS);
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MAX_JSON_NUMBER && Math.abs((long) number.scale()) <= MAX_JSON_NUMBER
                && number.toPlainString().length() <= MAX_JSON_NUMBER;
    }

    /** A JSON value with every number as a decimal, or null for JSON's null. */
    static @Nullable Object json(@Nullable Object raw) {
        return switch (raw) {
            case null -> null;
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case String _,Boolean _,List<?> _,Map<?, ?> _ -> raw;
            default -> raw.toString();
        };
    }
}
