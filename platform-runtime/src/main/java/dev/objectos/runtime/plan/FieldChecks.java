package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SelectOption;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether a value, already of the right type, keeps the limits that its field sets. Nothing is rounded or cut to fit. */
final class FieldChecks {

    /** Characters of one text. */
    static final int MAX_TEXT = 1_000_000;

    /** Elements of one list. */
    static final int MAX_ELEMENTS = 10_000;

    private static final int MAX_CHOICE = 1_000;
    private static final int MAX_DIMENSIONS = 16_000;
    private static final int MAX_SECRET = 100_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant FIRST_MOMENT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final Map<String, BoundedPattern> PATTERNS = new ConcurrentHashMap<>();

    private FieldChecks() {}

    /** Whether a required field counts as not filled in. */
    static boolean missing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isBlank();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /** Adds what is wrong with a value that is there. */
    static void check(FieldDefinition field, Object value, FieldErrors errors) {
        check(field, field.name(), value, errors);
    }

    static void check(FieldDefinition field, String path, Object value, FieldErrors errors) {
        var report = new Report(errors, path, field.label());
        switch (field.type()) {
            case FieldType.Text type -> text(type, (String) value, report);
            case FieldType.Password type ->
                length(type.minLength(), least(type.maxLength(), MAX_CHOICE), (String) value, report);
            case FieldType.Secret _ -> length(null, MAX_SECRET, (String) value, report);
            case FieldType.Decimal type -> decimal(type, (BigDecimal) value, report);
            case FieldType.Whole type -> range(type.min(), type.max(), BigDecimal.valueOf((Long) value), report);
            case FieldType.Date _ -> {
                var day = (LocalDate) value;
                if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
                    report.add("out_of_range", "must lie in the years 1 to 9999");
                }
            }
            case FieldType.Instant _ -> {
                var moment = (Instant) value;
                if (moment.isBefore(FIRST_MOMENT) || moment.isAfter(LAST_MOMENT)) {
                    report.add("out_of_range", "must lie in the years 1 to 9999");
                }
            }
            case FieldType.Choice type -> {
                if (!offers(type.options(), (String) value)) {
                    report.add("invalid_option", "must be one of " + listed(type.options()), "options",
                            listed(type.options()));
                }
            }
            case FieldType.Choices type -> choices(type, (List<?>) value, report);
            case FieldType.References _ -> list((List<?>) value, report);
            case FieldType.File file -> file(file, value, report);
            case FieldType.Json type -> JsonChecks.check(field, type, path, value, errors);
            case FieldType.Vector type -> vector(type, (List<?>) value, report);
            case FieldType.Bool _,FieldType.Time _,FieldType.Id _,FieldType.Reference _,FieldType.AutoNumber _,FieldType.Formula _,FieldType.Summary _ ->
                {
                }
        }
    }

    private static void text(FieldType.Text type, String value, Report report) {
        if (!wellFormed(value, report)) {
            return;
        }
        length(type.minLength(), least(type.maxLength(), MAX_TEXT), value, report);
        String pattern = type.pattern();
        if (pattern != null && value.length() <= MAX_TEXT
                && !PATTERNS.computeIfAbsent(pattern, BoundedPattern::new).matches(value)) {
            report.add("pattern", "does not have the expected form");
        }
        format(type.name(), value, report);
    }

    /** The form that types such as {@code email} ask of a text. */
    private static void format(String type, String value, Report report) {
        if (value.isEmpty()) {
            return;
        }
        switch (type) {
            case "email" -> report.require(ValueFormat.isEmail(value), "invalid_email", "must be an e-mail address");
            case "url" -> report.require(ValueFormat.isUrl(value), "invalid_url", "must be a web address");
            case "phone" -> report.require(ValueFormat.isPhone(value), "invalid_phone", "must be a phone number");
            case "color" ->
                report.require(ValueFormat.isColor(value), "invalid_color", "must be a colour such as #1a2b3c");
            default -> {
            }
        }
    }

    /** Text that UTF-8 and PostgreSQL can hold. */
    static boolean wellFormed(String value, Report report) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0') {
                report.add("invalid_character", "must not contain the character U+0000");
                return false;
            }
            if (Character.isHighSurrogate(c) && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                report.add("invalid_character", "contains half of a surrogate pair");
                return false;
            }
        }
        return true;
    }

    private static void length(@Nullable Integer min, int max, String value, Report report) {
        if (!wellFormed(value, report)) {
            return;
        }
        int length = value.codePointCount(0, value.length());
        if (length > max) {
            report.add("max_length", "must have at most " + max + " characters", "max", max);
        } else if (min != null && length < min) {
            report.add("min_length", "must have at least " + min + " characters", "min", min);
        }
    }

    private static int least(@Nullable Integer limit, int ceiling) {
        return limit == null ? ceiling : Math.min(limit, ceiling);
    }

    private static void decimal(FieldType.Decimal type, BigDecimal value, Report report) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        Integer scale = type.scale();
        if (scale != null && plain.scale() > scale) {
            report.add("scale", scale == 0
                    ? "must be a whole number"
                    : "must have at most " + scale + (scale == 1 ? " digit" : " digits") + " after the point", "scale",
                    scale);
        }
        Integer precision = type.precision();
        if (precision != null) {
            int whole = precision - (scale == null ? 0 : scale);
            int digits = scale == null ? Math.max(plain.precision(), plain.scale()) : plain.precision() - plain.scale();
            if (plain.signum() != 0 && digits > whole) {
                report.add("precision", scale == null
                        ? "must have at most " + precision + " digits"
                        : "must have at most " + whole + " digits before the point", scale == null ? "all" : "digits",
                        whole);
            }
        }
        range(type.min(), type.max(), value, report);
    }

    private static void range(@Nullable BigDecimal min, @Nullable BigDecimal max, BigDecimal value, Report report) {
        if (min != null && value.compareTo(min) < 0) {
            report.add("min", "must be at least " + min.toPlainString(), "min", min.toPlainString());
        }
        if (max != null && value.compareTo(max) > 0) {
            report.add("max", "must be at most " + max.toPlainString(), "max", max.toPlainString());
        }
    }

    private static void choices(FieldType.Choices type, List<?> values, Report report) {
        if (!list(values, report)) {
            return;
        }
        for (Object value : values) {
            String choice = (String) value;
            if (!type.options().isEmpty() && !offers(type.options(), choice)) {
                report.add("invalid_option", "must be among " + listed(type.options()), "options",
                        listed(type.options()));
                return;
            }
            length(null, MAX_CHOICE, choice, report);
            format(type.name(), choice, report);
        }
    }

    private static boolean list(List<?> values, Report report) {
        if (values.size() > MAX_ELEMENTS) {
            report.add("max_elements", "must have at most " + MAX_ELEMENTS + " elements", "max", MAX_ELEMENTS);
            return false;
        }
        if (new HashSet<>(values).size() < values.size()) {
            report.add("duplicate", "must not name a value twice");
            return false;
        }
        return true;
    }

    private static void file(FieldType.File type, Object value, Report report) {
        List<?> files = type.multiple() ? (List<?>) value : List.of(value);
        if (type.multiple() && !list(files, report)) {
            return;
        }
        for (Object file : files) {
            length(null, 8_192, (String) file, report);
        }
    }

    private static void vector(FieldType.Vector type, List<?> values, Report report) {
        Integer dimension = type.dimension();
        if (dimension != null && values.size() != dimension) {
            report.add("dimension", "must have " + dimension + " dimensions, not " + values.size());
        } else if (values.size() > MAX_DIMENSIONS) {
            report.add("dimension", "must have at most " + MAX_DIMENSIONS + " dimensions");
        } else if (values.stream().anyMatch(value -> !Double.isFinite(((BigDecimal) value).doubleValue()))) {
            report.add("out_of_range", "has a number that is too large");
        }
    }

    private static boolean offers(List<SelectOption> options, String value) {
        for (SelectOption option : options) {
            if (option.value().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String listed(List<SelectOption> options) {
        List<String> values = options.stream().map(SelectOption::value).toList();
        return values.size() <= 20
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, 20)) + " and " + (values.size() - 20) + " more";
    }

    /** Where an error goes and what it is about. */
    record Report(FieldErrors errors, String path, String label) {

        void add(String code, String message) {
            errors.add(path, label, code, message);
        }

        void add(String code, String message, String limit, Object value) {
            errors.add(path, label, code, message, Map.of(limit, value));
        }

        void require(boolean holds, String code, String message) {
            if (!holds) {
                add(code, message);
            }
        }
    }
}
