package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One field compared with one value as JSON gave it: null, lists, other fields and date macros find their form here. */
final class OperandParser {

    private static final Pattern MACRO = Pattern
            .compile("\\{([A-Za-z][A-Za-z0-9_]{0,60}|\\d[A-Za-z0-9_]{0,60})(?::(\\d{1,6}))?}");

    private final PathTypes types;

    OperandParser(PathTypes types) {
        this.types = types;
    }

    Predicate compare(FieldPath field, Operator operator, @Nullable Object value) {
        return switch (operator) {
            case EQ -> value == null ? nullTest(field, true) : single(field, operator, value);
            case NE -> value == null ? nullTest(field, false) : single(field, operator, value);
            case GT, GTE, LT, LTE, CONTAINS, NOT_CONTAINS, ICONTAINS, STARTS_WITH, ENDS_WITH, LIKE, ILIKE ->
                single(field, operator, value);
            case IN, NOT_IN -> membership(field, operator, list(field, operator, value));
            case BETWEEN -> between(field, list(field, operator, value));
            case IS_NULL -> nullTest(field, flag(field, operator, value));
            case IS_NOT_NULL -> nullTest(field, !flag(field, operator, value));
        };
    }

    private Predicate single(FieldPath field, Operator operator, @Nullable Object value) {
        if (value == null) {
            throw refuse(field, operator, "takes no null; ask for {\"$null\": true}");
        }
        if (value instanceof Map<?, ?> map && fieldReference(map)) {
            Object other = map.values().iterator().next();
            if (!ordered(operator)) {
                throw refuse(field, operator, "does not compare with another field");
            }
            return new Predicate.Comparison(field, operator,
                    new Operand.Field(Words.path(other, RuntimeError.INVALID_FILTER, "\"$field\"")));
        }
        if (ordered(operator)) {
            Operand.DateMacro macro = macro(field, value);
            if (macro != null) {
                return new Predicate.Comparison(field, operator, macro);
            }
        }
        return new Predicate.Comparison(field, operator, new Operand.Literal(value));
    }

    /** Nulls and macros among the values become comparisons of their own. */
    private Predicate membership(FieldPath field, Operator operator, List<?> values) {
        boolean in = operator == Operator.IN;
        var literals = new ArrayList<Object>(values.size());
        var terms = new ArrayList<Predicate>();
        for (Object value : values) {
            Operand.DateMacro macro = value == null ? null : macro(field, value);
            if (value == null) {
                terms.add(nullTest(field, in));
            } else if (macro != null) {
                terms.add(new Predicate.Comparison(field, in ? Operator.EQ : Operator.NE, macro));
            } else {
                literals.add(value);
            }
        }
        var listed = new Predicate.Comparison(field, operator, new Operand.Literals(literals));
        if (terms.isEmpty()) {
            return listed;
        }
        terms.addFirst(listed);
        return in ? new Predicate.Or(terms) : new Predicate.And(terms);
    }

    private Predicate between(FieldPath field, List<?> bounds) {
        if (bounds.size() != 2) {
            throw refuse(field, Operator.BETWEEN, "takes a list of two values, the lowest and the highest");
        }
        Object lowest = bounds.getFirst();
        Object highest = bounds.getLast();
        if (lowest == null || highest == null) {
            throw refuse(field, Operator.BETWEEN, "takes no null");
        }
        if (macro(field, lowest) == null && macro(field, highest) == null) {
            return new Predicate.Comparison(field, Operator.BETWEEN, new Operand.Literals(List.of(lowest, highest)));
        }
        return new Predicate.And(List.of(single(field, Operator.GTE, lowest), single(field, Operator.LTE, highest)));
    }

    private static Predicate nullTest(FieldPath field, boolean isNull) {
        return new Predicate.Comparison(field, isNull ? Operator.IS_NULL : Operator.IS_NOT_NULL, new Operand.None());
    }

    private static boolean ordered(Operator operator) {
        return switch (operator) {
            case EQ, NE, GT, GTE, LT, LTE -> true;
            case IN, NOT_IN, CONTAINS, NOT_CONTAINS, ICONTAINS, STARTS_WITH, ENDS_WITH, LIKE, ILIKE, BETWEEN, IS_NULL,
                    IS_NOT_NULL ->
                false;
        };
    }

    static boolean fieldReference(Map<?, ?> map) {
        return map.size() == 1 && "$field".equalsIgnoreCase(String.valueOf(map.keySet().iterator().next()));
    }

    /** Braces mean a macro where the field holds a date; in a text field they are text. */
    private Operand.@Nullable DateMacro macro(FieldPath field, Object value) {
        if (!(value instanceof String text) || text.isEmpty() || text.charAt(0) != '{') {
            return null;
        }
        var matcher = MACRO.matcher(text);
        if (!matcher.matches() || types.at(field).filter(OperandParser::dated).isEmpty()) {
            return null;
        }
        String argument = matcher.group(2);
        return new Operand.DateMacro(matcher.group(1).toLowerCase(Locale.ROOT),
                argument == null ? null : Integer.valueOf(argument));
    }

    private static boolean dated(FieldType type) {
        return type instanceof FieldType.Date || type instanceof FieldType.Instant;
    }

    private static List<?> list(FieldPath field, Operator operator, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw refuse(field, operator, "takes a list, not " + Words.describe(value));
    }

    private static boolean flag(FieldPath field, Operator operator, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw refuse(field, operator, "takes true or false, not " + Words.describe(value));
    }

    private static PlatformException refuse(FieldPath field, Operator operator, String message) {
        return new PlatformException(RuntimeError.INVALID_FILTER,
                operator.name().toLowerCase(Locale.ROOT) + " on " + Words.quote(field) + " " + message);
    }
}
