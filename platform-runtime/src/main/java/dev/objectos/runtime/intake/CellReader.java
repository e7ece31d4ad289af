package dev.objectos.runtime.intake;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.query.FormulaGuard;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.runtime.sql.WriteJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes of a cell the JSON value that a field takes. What has no such meaning is left as it is, for the field to refuse. */
final class CellReader {

    /** What stands in an export where a secret is. */
    private static final String SEAL = "••••••";

    /** Day 0 of spreadsheets, whose calendar has a 29 February 1900. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private static final BigDecimal NANOS_OF_DAY = BigDecimal.valueOf(LocalTime.MAX.toNanoOfDay() + 1);
    private static final int DIGITS_OF_SPREADSHEETS = 15;
    private static final int LONGEST_OF_SPREADSHEETS = 32_767;

    private final ImportOrder order;
    private final ZoneId zone;

    /** @param zone in which texts without a zone are meant */
    CellReader(ImportOrder order, ZoneId zone) {
        this.order = order;
        this.zone = zone;
    }

    /** The cell without what only surrounds its value; null: it is empty. */
    @Nullable
    Object bare(@Nullable Object cell) {
        if (order.source() == Source.SPREADSHEET && cell instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        if (!(cell instanceof String text)) {
            return cell;
        }
        String bare = order.trim() ? text.strip() : text;
        return bare.isEmpty() || order.nullValues().contains(bare) ? null : bare;
    }

    /** Whether the cell stands for a value that an export does not show. */
    static boolean concealed(FieldType type, Object cell) {
        return type instanceof FieldType.Secret && cell.equals(SEAL);
    }

    /** Whether an export has left out the end of the text. */
    boolean cut(@Nullable Object cell) {
        return order.source() == Source.SPREADSHEET && cell instanceof String text
                && text.length() == LONGEST_OF_SPREADSHEETS && text.endsWith("…");
    }

    /** The value of a cell that is not empty; lookups are read by {@link #names}. */
    Object value(FieldType type, Object cell) throws InvalidValueException {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.AutoNumber _ -> text(cell);
            case FieldType.Choice choice -> option(choice.options(), text(cell));
            case FieldType.Choices choices -> list(cell).stream()
                    .map(one -> one instanceof String text ? option(choices.options(), text) : one).toList();
            case FieldType.Decimal _,FieldType.Whole _ -> number(cell);
            case FieldType.Bool _ -> truth(cell);
            case FieldType.Date _ -> date(cell);
            case FieldType.Time _ -> time(cell);
            case FieldType.Instant _ -> instant(cell);
            case FieldType.File file -> file.multiple() ? list(cell) : text(cell);
            case FieldType.Json _,FieldType.Vector _ -> json(cell);
            case FieldType.Id _,FieldType.Reference _,FieldType.References _,FieldType.Formula _,FieldType.Summary _ ->
                cell;
        };
    }

    /** The records that a cell names: ids, or texts by which they are known. */
    List<Object> names(FieldType type, Object cell) throws InvalidValueException {
        return type instanceof FieldType.References ? list(cell) : List.of(cell instanceof String ? text(cell) : cell);
    }

    private Object text(Object cell) {
        return switch (cell) {
            case String text -> order.source() == Source.CSV ? FormulaGuard.bare(text) : text;
            case BigDecimal number when order.source() == Source.SPREADSHEET -> rounded(number).toPlainString();
            case Boolean truth when order.source() == Source.SPREADSHEET -> truth.toString();
            default -> cell;
        };
    }

    private static Object option(List<SelectOption> options, Object cell) {
        if (!(cell instanceof String text) || options.stream().anyMatch(option -> option.value().equals(text))) {
            return cell;
        }
        return options.stream().filter(option -> option.label().equalsIgnoreCase(text)).findFirst()
                .<Object>map(SelectOption::value).orElse(text);
    }

    private Object number(Object cell) {
        return switch (cell) {
            case String text when text.startsWith("+") -> text.substring(1);
            case BigDecimal number when order.source() == Source.SPREADSHEET -> rounded(number);
            default -> cell;
        };
    }

    /** A spreadsheet keeps binary numbers, whose last digits mean nothing. */
    private static BigDecimal rounded(BigDecimal number) {
        BigDecimal rounded = number.round(new MathContext(DIGITS_OF_SPREADSHEETS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static Object truth(Object cell) {
        String word = cell instanceof Number ? cell.toString() : cell instanceof String text ? text : "";
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1", "on" -> true;
            case "false", "no", "n", "0", "off" -> false;
            default -> cell;
        };
    }

    private Object date(Object cell) {
        return switch (cell) {
            case BigDecimal days when order.source() == Source.SPREADSHEET && days.stripTrailingZeros().scale() <= 0 ->
                DAY_ZERO.plusDays(days.longValue()).toString();
            case String text when text.length() > 10 && (text.charAt(10) == 'T' || text.charAt(10) == ' ') ->
                midnight(text) ? text.substring(0, 10) : text;
            default -> cell;
        };
    }

    private static boolean midnight(String text) {
        return text.substring(11).matches("00:00(:00(\\.0+)?)?(Z|[+-]00:00)?");
    }

    private Object time(Object cell) {
        return cell instanceof BigDecimal days && order.source() == Source.SPREADSHEET && days.signum() >= 0
                && days.compareTo(BigDecimal.ONE) < 0
                        ? LocalTime.ofNanoOfDay(milliseconds(days)).toString()
                        : cell;
    }

    /** A text without a zone is meant in the importer's, a number of days in UTC, as exports write it. */
    private Object instant(Object cell) {
        return switch (cell) {
            case BigDecimal days when order.source() == Source.SPREADSHEET -> {
                BigDecimal whole = days.setScale(0, RoundingMode.FLOOR);
                long nanos = milliseconds(days.subtract(whole));
                yield DAY_ZERO.plusDays(whole.longValue()).atStartOfDay().plusNanos(nanos).toInstant(ZoneOffset.UTC)
                        .toString();
            }
            case String text -> moment(text);
            default -> cell;
        };
    }

    private Object moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException _) {
            // Without a zone, then.
        }
        try {
            LocalDateTime local = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
            Instant moment = local.atZone(zone).toInstant();
            return moment.toString();
        } catch (DateTimeException _) {
            return text;
        }
    }

    /** Parts of a day, as exactly as spreadsheets keep them. */
    private static long milliseconds(BigDecimal days) {
        return days.multiply(NANOS_OF_DAY).divide(BigDecimal.valueOf(1_000_000), 0, RoundingMode.HALF_UP)
                .multiply(BigDecimal.valueOf(1_000_000)).longValue();
    }

    /** A JSON array, or texts with semicolons between them. */
    private List<Object> list(Object cell) throws InvalidValueException {
        return switch (cell) {
            case List<?> given -> List.copyOf(given);
            case String text when text.startsWith("[") -> {
                if (!(json(text) instanceof List<?> given)) {
                    throw noJson();
                }
                yield List.copyOf(given);
            }
            case String text -> {
                var parts = new ArrayList<Object>();
                for (String part : text.split(";", -1)) {
                    if (!part.isBlank()) {
                        parts.add(text(part.strip()));
                    }
                }
                yield parts;
            }
            default -> List.of(cell);
        };
    }

    private Object json(Object cell) throws InvalidValueException {
        if (!(cell instanceof String text) || order.source() == Source.JSON) {
            return cell;
        }
        try {
            Object value = WriteJson.parse(text);
            if (value == null) {
                throw noJson();
            }
            return value;
        } catch (JacksonException _) {
            throw noJson();
        }
    }

    private static InvalidValueException noJson() {
        return new InvalidValueException("invalid_type", "must be JSON");
    }
}
