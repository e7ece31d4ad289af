package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a field's default: a constant that the field can hold, or an expression. */
final class DefaultReader {

    private static final Pattern VARIABLE = Pattern.compile("\\$[a-zA-Z_][\\w.]*");
    private static final Pattern BRACED = Pattern.compile("\\{\\s*[a-zA-Z_$][^{}]*}");

    private final Findings findings;

    DefaultReader(Findings findings) {
        this.findings = findings;
    }

    @Nullable
    DefaultValue read(FieldType type, Element written) {
        if (type.derived()) {
            findings.warning(written.where(), "a default has no effect on a field of type " + type.name(), "remove it");
            return null;
        }
        if (written instanceof Scalar scalar && scalar.value() instanceof String text) {
            if (CelText.isWrapped(text)) {
                return new DefaultValue.Computed(Expressions.source(scalar));
            }
            String expression = expression(type, text);
            if (expression != null) {
                return new DefaultValue.Computed(
                        new ExpressionSource(CelText.cel(expression), scalar.at(0)));
            }
            if (CelText.mentionsExpression(text)) {
                findings.error(written.where(), "the default mixes text and ${…}",
                        "write the whole of it as one ${expression}");
                return null;
            }
        }
        return literal(type, written);
    }

    /** The CEL text of a value that is computed when it is needed, in whichever spelling; null for a constant. */
    static @Nullable String computed(FieldType type, String text) {
        String expression = CelText.isWrapped(text) ? text : expression(type, text);
        return expression == null ? null : CelText.cel(expression);
    }

    /** The CEL text of a default that is computed in one of the older spellings, or null for a constant. */
    private static @Nullable String expression(FieldType type, String text) {
        String trimmed = text.strip();
        boolean braced = BRACED.matcher(trimmed).matches() && !(type instanceof FieldType.Json);
        if (!braced && !VARIABLE.matcher(trimmed).matches() && !isKnownWord(type, trimmed)) {
            return null;
        }
        String inner = braced ? trimmed.substring(1, trimmed.length() - 1).strip() : trimmed;
        return switch (inner.toLowerCase(Locale.ROOT).replace("$", "").replace("_", "").replace("()", "")) {
            case "now", "currenttimestamp", "currentdatetime" -> type instanceof FieldType.Date ? "today" : "now";
            case "today", "currentdate" -> type instanceof FieldType.Instant ? "now" : "today";
            case "currentuser", "user", "userid", "currentuserid", "currentuser.id", "user.id", "me" ->
                "currentUser.id";
            default -> inner;
        };
    }

    /** Words that mean a moment or a person where the field holds one, and are text elsewhere. */
    private static boolean isKnownWord(FieldType type, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (type) {
            case FieldType.Date _,FieldType.Instant _,FieldType.Time _ -> List
                    .of("now", "now()", "today", "today()", "current_timestamp", "current_date").contains(word);
            case FieldType.Reference _ -> List.of("currentuser.id", "current_user.id", "currentuser", "current_user")
                    .contains(word);
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Decimal _,FieldType.Whole _,FieldType.Bool _,FieldType.Choice _,FieldType.Choices _,FieldType.Id _,FieldType.References _,FieldType.File _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Formula _,FieldType.Summary _ ->
                false;
        };
    }

    private @Nullable DefaultValue literal(FieldType type, Element written) {
        Object raw = constant(type, written);
        if (raw == null) {
            return null;
        }
        try {
            Object value = FieldValues.parse(type, raw);
            String problem = problem(type, value);
            if (problem != null) {
                findings.error(written.where(), "the default " + problem, "");
                return null;
            }
        } catch (InvalidValueException e) {
            findings.error(written.where(), "the default " + e.message(), suggestion(type, written));
            return null;
        }
        return new DefaultValue.Literal(raw);
    }

    private static String suggestion(FieldType type, Element written) {
        if (type instanceof FieldType.Text && written instanceof Scalar scalar) {
            return "put it in quotes: \"" + scalar.text() + "\"";
        }
        return written instanceof Scalar scalar && type instanceof FieldType.Bool
                && scalar.text().matches("(?i)true|false")
                        ? "write it without quotes"
                        : "write a value of type " + type.name();
    }

    /** The value as a constant keeps it; options are text whichever way they were written. */
    private static @Nullable Object constant(FieldType type, Element written) {
        return switch (written) {
            case Scalar scalar when scalar.value() == null -> null;
            case Scalar scalar when type instanceof FieldType.Choice -> scalar.text();
            case Scalar scalar when type instanceof FieldType.Choices -> List.of(scalar.text());
            case Items items when type instanceof FieldType.Choices -> items.elements().stream()
                    .map(item -> item instanceof Scalar scalar ? scalar.text() : Objects.requireNonNull(item.plain()))
                    .toList();
            case Scalar scalar when scalar.isNumber() -> scalar.number();
            case Scalar _,Items _,Entries _ -> decimals(written.plain());
        };
    }

    private static @Nullable Object decimals(@Nullable Object plain) {
        return switch (plain) {
            case Integer whole -> BigDecimal.valueOf(whole);
            case Long whole -> BigDecimal.valueOf(whole);
            case java.math.BigInteger whole -> new BigDecimal(whole);
            case List<?> list -> list.stream().map(DefaultReader::decimals).toList();
            case Map<?, ?> map -> {
                var converted = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                map.forEach((key, value) -> converted.put(key, decimals(value)));
                yield converted;
            }
            case null, default -> plain;
        };
    }

    private static @Nullable String problem(FieldType type, Object value) {
        return switch (type) {
            case FieldType.Choice(_, var options) -> unknownOption(options, List.of(value));
            case FieldType.Choices(_, var options) ->
                options.isEmpty() ? null : unknownOption(options, (List<?>) value);
            case FieldType.Decimal(_, _, _, var min, var max) -> outOfBounds((BigDecimal) value, min, max);
            case FieldType.Whole(var min, var max) -> outOfBounds(BigDecimal.valueOf((Long) value), min, max);
            case FieldType.Text text -> badText(text, (String) value);
            case FieldType.Password _,FieldType.Secret _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _,FieldType.Reference _,FieldType.References _,FieldType.File _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Formula _,FieldType.Summary _ ->
                null;
        };
    }

    private static @Nullable String unknownOption(List<SelectOption> options, List<?> values) {
        List<String> known = options.stream().map(SelectOption::value).toList();
        for (Object value : values) {
            if (!known.contains(value)) {
                return "'" + value + "' is none of the options " + String.join(", ", known);
            }
        }
        return null;
    }

    private static @Nullable String outOfBounds(BigDecimal value, @Nullable BigDecimal min, @Nullable BigDecimal max) {
        if (min != null && value.compareTo(min) < 0) {
            return value.toPlainString() + " is less than min " + min.toPlainString();
        }
        return max != null && value.compareTo(max) > 0
                ? value.toPlainString() + " is greater than max " + max.toPlainString()
                : null;
    }

    private static @Nullable String badText(FieldType.Text type, String value) {
        Integer min = type.minLength();
        Integer max = type.maxLength();
        String pattern = type.pattern();
        int length = value.codePointCount(0, value.length());
        if (min != null && length < min) {
            return "is shorter than min_length " + min;
        }
        if (max != null && length > max) {
            return "is longer than max_length " + max;
        }
        return pattern != null && !Pattern.compile(pattern).matcher(value).find()
                ? "does not match the pattern " + pattern
                : null;
    }
}
