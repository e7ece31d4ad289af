package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions of the form (field, operator, value) in CEL, so that one evaluator serves all. */
public final class FieldCondition {

    /** Every spelling of an operator with the one that is translated. */
    private static final Map<String, String> OPERATORS = operators("==: =, equals, eq", "!=: <>, not_equals, ne, neq",
            ">=: gte, greater_than_or_equal, greater_or_equal", "<=: lte, less_than_or_equal, less_or_equal",
            ">: gt, greater_than", "<: lt, less_than", "in", "not_in: nin", "contains", "not_contains", "starts_with",
            "ends_with", "not_empty: is_not_empty, required", "not_null: is_not_null", "is_null", "empty: is_empty",
            "between", "matches: regex");

    /** Those that look at the record before the change; only where there is one. */
    private static final Map<String, String> CHANGES = operators("changed: is_changed, has_changed",
            "not_changed: unchanged", "changed_to", "changed_from");

    /** A moment so and so long before or after another, such as {@code $current_date - 1 day}. */
    private static final Pattern SHIFTED = Pattern
            .compile("(\\$(?:today|current_date|now))\\s*([+-])\\s*(\\d{1,6})\\s*(minute|hour|day|week|month|year)s?");

    private FieldCondition() {}

    /** What is wrong with a condition, and whether it is the operator or the value. */
    public static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String problem;
        private final String suggestion;
        private final boolean atOperator;

        private UnusableException(String problem, String suggestion, boolean atOperator) {
            super(problem);
            this.problem = problem;
            this.suggestion = suggestion;
            this.atOperator = atOperator;
        }

        public String problem() {
            return problem;
        }

        public String suggestion() {
            return suggestion;
        }

        public boolean atOperator() {
            return atOperator;
        }
    }

    /** Whether that is an operator between a field and a value. */
    public static boolean isOperator(String word) {
        return OPERATORS.containsKey(word);
    }

    /** The sign or word that stands for an operator and its other spellings; null where it is none. */
    public static @Nullable String canonical(String word) {
        return OPERATORS.get(word);
    }

    /**
     * The condition in CEL.
     *
     * @param left the field, as CEL reaches it
     * @param type of the field; null where it is not known
     * @param value as YAML has it; null: none was written
     */
    public static String cel(String left, @Nullable FieldType type, String operator, @Nullable Object value)
            throws UnusableException {
        String sign = OPERATORS.get(operator);
        if (sign == null) {
            throw new UnusableException("the operator '" + operator + "' is not known",
                    "use one of = != > >= < <= in not_in contains not_contains starts_with ends_with not_empty", true);
        }
        switch (sign) {
            case "not_empty" -> {
                return notEmpty(left, type);
            }
            case "empty" -> {
                return "!(" + notEmpty(left, type) + ")";
            }
            case "is_null" -> {
                return left + (Boolean.FALSE.equals(value) ? " != null" : " == null");
            }
            case "not_null" -> {
                return left + " != null";
            }
            default -> {
                if (value == null) {
                    throw new UnusableException("the condition has no value",
                            "add value:, or compare_to: with a field", false);
                }
            }
        }
        boolean severally = type instanceof FieldType.Choices || type instanceof FieldType.References;
        String right = literal(value);
        return switch (sign) {
            case "in" -> left + " in " + asList(right, value);
            case "not_in" -> "!(" + left + " in " + asList(right, value) + ")";
            case "contains" -> severally ? right + " in " + left : left + ".contains(" + right + ")";
            case "not_contains" -> severally
                    ? "!(" + right + " in " + left + ")"
                    : "!" + left + ".contains(" + right + ")";
            case "starts_with" -> left + ".startsWith(" + right + ")";
            case "ends_with" -> left + ".endsWith(" + right + ")";
            case "matches" -> left + ".matches(" + right + ")";
            case "between" -> between(left, value);
            default -> left + " " + sign + " " + right;
        };
    }

    /**
     * The condition in CEL around a change, where it may also ask whether the field has changed, and from or to what.
     *
     * @param path the field without {@code record.}
     */
    public static String ofChange(String path, @Nullable FieldType type, String operator, @Nullable Object value)
            throws UnusableException {
        String now = "record." + path;
        String before = "previous." + path;
        String changed = now + " != " + before;
        return switch (CHANGES.getOrDefault(operator, "")) {
            case "changed" -> Boolean.FALSE.equals(value) ? "!(" + changed + ")" : changed;
            case "not_changed" -> "!(" + changed + ")";
            case "changed_to" -> "(" + changed + " && " + cel(now, type, value instanceof List ? "in" : "==", value)
                    + ")";
            case "changed_from" -> "(" + changed + " && "
                    + cel(before, type, value instanceof List ? "in" : "==", value) + ")";
            default -> cel(now, type, operator, value);
        };
    }

    private static String between(String left, @Nullable Object value) throws UnusableException {
        if (value instanceof List<?> pair && pair.size() == 2) {
            return left + " >= " + literal(pair.get(0)) + " && " + left + " <= " + literal(pair.get(1));
        }
        throw new UnusableException("'between' needs two values", "write value: [1, 10]", false);
    }

    private static String asList(String literal, @Nullable Object value) {
        // A variable may hold a list; a constant is one.
        boolean variable = value instanceof String text && text.strip().startsWith("$");
        return value instanceof List || variable ? literal : "[" + literal + "]";
    }

    private static String notEmpty(String path, @Nullable FieldType type) {
        return switch (type) {
            case FieldType.Text _,FieldType.Choice _ -> "(" + path + " != null && " + path + " != '')";
            case FieldType.Choices _,FieldType.References _ -> "(" + path + " != null && size(" + path + ") > 0)";
            case null, default -> path + " != null";
        };
    }

    /** A value as CEL writes it. */
    public static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> elements -> elements.stream().map(FieldCondition::literal)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> CelText.quote(String.valueOf(entry.getKey())) + ": " + literal(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case BigDecimal decimal -> decimal.toPlainString();
            case Boolean _,Number _ -> value.toString();
            default -> word(value.toString());
        };
    }

    private static String word(String text) {
        String trimmed = text.strip();
        Matcher shifted = SHIFTED.matcher(trimmed);
        if (shifted.matches()) {
            String count = (shifted.group(2).equals("-") ? "-" : "") + shifted.group(3);
            String by = switch (shifted.group(4)) {
                case "minute" -> "addMinutes";
                case "hour" -> "addHours";
                case "month" -> "addMonths";
                case "year" -> "addYears";
                default -> "addDays";
            };
            return by + "(" + CelText.cel(shifted.group(1)) + ", "
                    + (shifted.group(4).equals("week") ? count + " * 7" : count) + ")";
        }
        return trimmed.matches("\\$[a-zA-Z_][\\w.]*") || CelText.isWrapped(trimmed)
                ? CelText.cel(trimmed)
                : CelText.quote(text);
    }

    private static Map<String, String> operators(String... entries) {
        var operators = new LinkedHashMap<String, String>();
        for (String entry : entries) {
            String[] parts = entry.split(": ", -1);
            operators.put(parts[0], parts[0]);
            if (parts.length > 1) {
                for (String alias : parts[1].split(", ", -1)) {
                    operators.put(alias, parts[0]);
                }
            }
        }
        return Map.copyOf(operators);
    }
}
