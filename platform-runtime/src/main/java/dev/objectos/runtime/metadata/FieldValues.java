package dev.objectos.runtime.metadata;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Java form of a field's value between the stages, and how a JSON value becomes one.
 *
 * <table>
 * <caption>Java forms</caption>
 * <tr><td>text, choice, file, autonumber, secret, password</td><td>{@link String}</td></tr>
 * <tr><td>decimal</td><td>{@link BigDecimal}</td></tr>
 * <tr><td>whole</td><td>{@link Long}</td></tr>
 * <tr><td>bool</td><td>{@link Boolean}</td></tr>
 * <tr><td>date, time, instant</td><td>{@link LocalDate}, {@link LocalTime}, {@link Instant}</td></tr>
 * <tr><td>id, reference</td><td>{@link UUID}</td></tr>
 * <tr><td>choices, references, several files, vector</td><td>{@link List} of the above</td></tr>
 * <tr><td>json</td><td>{@link Map}, {@link List}, {@link String}, {@link BigDecimal}, {@link Boolean}</td></tr>
 * </table>
 */
public final class FieldValues {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");
    private static final int UUID_LENGTH = 36;
    private static final int MAX_DIGITS = 1_000;

    private FieldValues() {}

    /** A value, in whichever of these forms, as callers of the data API write it. */
    public static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case UUID id -> id.toString();
            case Instant moment -> moment.toString();
            case LocalDate day -> day.toString();
            case LocalTime time -> time.toString();
            case List<?> elements -> {
                var list = new ArrayList<@Nullable Object>();
                elements.forEach(element -> list.add(json(element)));
                yield list;
            }
            case null, default -> value;
        };
    }

    /**
     * The field's Java form of a value as JSON or YAML gave it.
     *
     * @param raw not null: String, Number, Boolean, List or Map
     * @throws InvalidValueException with code {@code invalid_type} where the value is of another kind
     */
    public static Object parse(FieldType type, Object raw) throws InvalidValueException {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.AutoNumber _ ->
                text(raw);
            case FieldType.Decimal _ -> decimal(raw);
            case FieldType.Whole _ -> whole(raw);
            case FieldType.Bool _ -> bool(raw);
            case FieldType.Date _ -> date(raw);
            case FieldType.Time _ -> time(raw);
            case FieldType.Instant _ -> instant(raw);
            case FieldType.Id _,FieldType.Reference _ -> uuid(raw);
            case FieldType.References _ -> list(raw, FieldValues::uuid);
            case FieldType.Choices _ -> list(raw, FieldValues::text);
            case FieldType.File file -> file.multiple() ? list(raw, FieldValues::text) : text(raw);
            case FieldType.Vector _ -> list(raw, FieldValues::decimal);
            case FieldType.Json _ -> raw;
            case FieldType.Formula formula -> parse(scalar(formula.returnType()), raw);
            case FieldType.Summary summary -> parse(scalar(summary.returnType()), raw);
        };
    }

    /** The type itself, or for a derived field the type of what it yields. */
    public static FieldType yielded(FieldType type) {
        return switch (type) {
            case FieldType.Formula formula -> scalar(formula.returnType());
            case FieldType.Summary summary -> scalar(summary.returnType());
            default -> type;
        };
    }

    /** The plain field type of that canonical scalar name, as a formula's {@code return_type} gives it. */
    public static FieldType scalar(String name) {
        return switch (name) {
            case "boolean", "toggle" -> new FieldType.Bool("boolean");
            case "date" -> new FieldType.Date();
            case "time" -> new FieldType.Time();
            case "datetime" -> new FieldType.Instant();
            case "integer" -> new FieldType.Whole(null, null);
            case "number", "currency", "percent", "rating", "slider", "progress" -> new FieldType.Decimal(name, null,
                    null, null, null);
            default -> new FieldType.Text(name, null, null, null);
        };
    }

    /** Whether the text has the form of an id; anything else names no record. */
    public static boolean isId(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : !isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The id that a text is; empty for what has another form, which is answered like an unknown one. */
    public static Optional<UUID> id(String text) {
        return isId(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static boolean isHexDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static String text(Object raw) throws InvalidValueException {
        if (raw instanceof String text) {
            if (text.indexOf('\0') >= 0) {
                throw new InvalidValueException("invalid_character", "must not contain the character U+0000");
            }
            return text;
        }
        throw wrong("text", raw);
    }

    private static BigDecimal decimal(Object raw) throws InvalidValueException {
        BigDecimal value = switch (raw) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Integer integer -> BigDecimal.valueOf(integer);
            case Long integer -> BigDecimal.valueOf(integer);
            case Double real when Double.isFinite(real) -> BigDecimal.valueOf(real);
            case String text when DECIMAL.matcher(text).matches() -> new BigDecimal(text);
            default -> throw wrong("a number", raw);
        };
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new InvalidValueException("out_of_range", "has more than " + MAX_DIGITS + " digits");
        }
        return value;
    }

    private static Long whole(Object raw) throws InvalidValueException {
        try {
            return decimal(raw).longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidValueException("invalid_type", "must be a whole number of at most 64 bits");
        }
    }

    private static Boolean bool(Object raw) throws InvalidValueException {
        if (raw instanceof Boolean value) {
            return value;
        }
        throw wrong("true or false", raw);
    }

    private static LocalDate date(Object raw) throws InvalidValueException {
        return moment(raw, "a date such as 2026-01-31", LocalDate::parse);
    }

    private static LocalTime time(Object raw) throws InvalidValueException {
        return moment(raw, "a time such as 14:30:00", LocalTime::parse);
    }

    private static Instant instant(Object raw) throws InvalidValueException {
        return moment(raw, "an instant such as 2026-01-31T14:30:00Z", text -> OffsetDateTime.parse(text).toInstant());
    }

    private static <T> T moment(Object raw, String expected, java.util.function.Function<String, T> parser)
            throws InvalidValueException {
        if (raw instanceof String text) {
            try {
                return parser.apply(text);
            } catch (DateTimeException e) {
                throw wrong(expected, raw);
            }
        }
        throw wrong(expected, raw);
    }

    private static UUID uuid(Object raw) throws InvalidValueException {
        if (raw instanceof String text && isId(text)) {
            return UUID.fromString(text);
        }
        if (raw instanceof UUID id) {
            return id;
        }
        throw wrong("the id of a record", raw);
    }

    private static List<Object> list(Object raw, ElementParser parser) throws InvalidValueException {
        if (!(raw instanceof List<?> elements)) {
            throw wrong("a list", raw);
        }
        var parsed = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (element == null) {
                throw new InvalidValueException("invalid_type", "must be a list without null");
            }
            parsed.add(parser.parse(Objects.requireNonNull(element)));
        }
        return parsed;
    }

    private static InvalidValueException wrong(String expected, Object raw) {
        String given = switch (raw) {
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "a list";
            case String _ -> "other text";
            case Boolean _ -> "true or false";
            case Number _ -> "a number";
            default -> "something else";
        };
        return new InvalidValueException("invalid_type", "must be " + expected + ", not " + given);
    }

    @FunctionalInterface
    private interface ElementParser {

        Object parse(Object raw) throws InvalidValueException;
    }
}
