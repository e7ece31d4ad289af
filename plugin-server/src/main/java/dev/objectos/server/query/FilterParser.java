package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter in either form, each inside the other at will: the object form <code>{"a":{"$gte":2}}</code> and the
 * array form <code>[["a",">=",2],"and",["b","=",1]]</code>. One parser reads the filters of one query and bounds them
 * together.
 */
public final class FilterParser {

    static final int MAX_DEPTH = 32;
    static final int MAX_COMPARISONS = 500;
    static final int MAX_VALUES = 10_000;

    private final OperandParser operands;
    private int comparisons;
    private int values;

    FilterParser(PathTypes types) {
        this.operands = new OperandParser(types);
    }

    /** For the conditions of one query on records of an object. */
    public static FilterParser of(Catalog catalog, ObjectDefinition object) {
        return new FilterParser(PathTypes.from(catalog, object));
    }

    /**
     * A condition on one field.
     *
     * @param operator in any spelling
     * @param value null: for whether there is a value
     */
    public Predicate compare(FieldPath field, String operator, @Nullable Object value) {
        Operator known = Operators.of(operator);
        if (known == null) {
            throw refuse("The condition on " + Words.quote(field) + " has an unknown operator "
                    + Words.quote(operator));
        }
        return compare(field, known, value);
    }

    Predicate parse(Object filter) {
        return parse(filter, 0);
    }

    Predicate compare(FieldPath field, Operator operator, @Nullable Object value) {
        if (++comparisons > MAX_COMPARISONS) {
            throw refuse("A filter has at most " + MAX_COMPARISONS + " comparisons");
        }
        if (value instanceof List<?> list && (values += list.size()) > MAX_VALUES) {
            throw refuse("A filter lists at most " + MAX_VALUES + " values");
        }
        return operands.compare(field, operator, value);
    }

    private Predicate parse(@Nullable Object filter, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse("A filter nests at most " + MAX_DEPTH + " levels");
        }
        return switch (filter) {
            case Map<?, ?> object -> object(object, depth);
            case List<?> array -> array(array, depth);
            case null, default -> throw refuse("A filter is an object or a list, not " + Words.describe(filter));
        };
    }

    private Predicate object(Map<?, ?> object, int depth) {
        var terms = new ArrayList<Predicate>(object.size());
        object.forEach((key, value) -> terms.add(entry(String.valueOf(key), value, depth)));
        return all(terms);
    }

    private Predicate entry(String key, @Nullable Object value, int depth) {
        boolean marked = key.startsWith("$");
        if (marked || value instanceof List<?> || value instanceof Map<?, ?>) {
            switch (Operators.word(key)) {
                case "and" -> {
                    return new Predicate.And(terms(key, value, depth));
                }
                case "or" -> {
                    return new Predicate.Or(terms(key, value, depth));
                }
                case "not" -> {
                    return new Predicate.Not(parse(value, depth + 1));
                }
                default -> {
                    if (marked) {
                        throw refuse(
                                Words.quote(key) + " is no operator between conditions; there are $and, $or, $not");
                    }
                }
            }
        }
        FieldPath field = Words.path(key, RuntimeError.INVALID_FILTER, "A filter");
        return value instanceof Map<?, ?> condition
                ? condition(field, condition, depth + 1)
                : compare(field, Operator.EQ, value);
    }

    private List<Predicate> terms(String key, @Nullable Object value, int depth) {
        if (!(value instanceof List<?> list)) {
            throw refuse(Words.quote(key) + " takes a list of conditions, not " + Words.describe(value));
        }
        var terms = new ArrayList<Predicate>(list.size());
        list.forEach(term -> terms.add(parse(term, depth + 1)));
        return terms;
    }

    /** What stands behind a field's name: operators and their operands, or another field. */
    private Predicate condition(FieldPath field, Map<?, ?> condition, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse("A filter nests at most " + MAX_DEPTH + " levels");
        }
        if (OperandParser.fieldReference(condition)) {
            return compare(field, Operator.EQ, condition);
        }
        if (condition.isEmpty()) {
            throw refuse("The condition on " + Words.quote(field) + " is empty");
        }
        var terms = new ArrayList<Predicate>(condition.size());
        condition.forEach((key, value) -> terms.add(operator(field, String.valueOf(key), value, depth)));
        return all(terms);
    }

    private Predicate operator(FieldPath field, String key, @Nullable Object value, int depth) {
        if (Operators.word(key).equals("not")) {
            if (value instanceof Map<?, ?> condition) {
                return new Predicate.Not(condition(field, condition, depth + 1));
            }
            return new Predicate.Not(compare(field, Operator.EQ, value));
        }
        Operator operator = Operators.of(key);
        if (operator == null) {
            throw refuse("The condition on " + Words.quote(field) + " has an unknown operator " + Words.quote(key)
                    + (key.startsWith("$")
                            ? ""
                            : "; a field behind a lookup is written " + Words.quote(field + "." + key)));
        }
        return compare(field, operator, value);
    }

    private Predicate array(List<?> array, int depth) {
        if (array.isEmpty()) {
            if (depth > 0) {
                throw refuse("A filter holds an empty list where a condition belongs");
            }
            return Predicate.ALWAYS;
        }
        if (array.getFirst() instanceof String first) {
            List<?> rest = array.subList(1, array.size());
            boolean conditions = !rest.isEmpty()
                    && rest.stream().allMatch(term -> term instanceof List<?> || term instanceof Map<?, ?>);
            if (conditions) {
                switch (Operators.word(first)) {
                    case "and" -> {
                        return new Predicate.And(terms(first, rest, depth));
                    }
                    case "or" -> {
                        return new Predicate.Or(terms(first, rest, depth));
                    }
                    case "not", "!" -> {
                        if (rest.size() == 1) {
                            return new Predicate.Not(parse(rest.getFirst(), depth + 1));
                        }
                    }
                    default -> {
                    }
                }
            }
            return comparison(array);
        }
        return infix(array, depth);
    }

    /** {@code [field, operator, value]}; a test for null needs no value. */
    private Predicate comparison(List<?> array) {
        FieldPath field = Words.path(array.getFirst(), RuntimeError.INVALID_FILTER, "A condition");
        if (array.size() < 2 || array.size() > 3 || !(array.get(1) instanceof String spelling)) {
            throw refuse("The condition on " + Words.quote(field) + " must be [field, operator, value]");
        }
        Operator operator = Operators.of(spelling);
        if (operator == null) {
            throw refuse(
                    "The condition on " + Words.quote(field) + " has an unknown operator " + Words.quote(spelling));
        }
        boolean nullTest = operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL;
        Object value = array.size() == 3 ? array.get(2) : null;
        if (array.size() == 2 && !nullTest) {
            throw refuse("The condition on " + Words.quote(field) + " lacks a value");
        }
        return compare(field, operator, nullTest && value == null ? true : value);
    }

    /** Conditions with "and" or "or" between them, "and" binding tighter; nothing between them means "and". */
    private Predicate infix(List<?> array, int depth) {
        var either = new ArrayList<Predicate>();
        var together = new ArrayList<Predicate>();
        boolean joined = true;
        for (Object element : array) {
            if (element instanceof String word) {
                boolean or = switch (Operators.word(word)) {
                    case "and" -> false;
                    case "or" -> true;
                    default -> throw refuse("Between conditions stands \"and\" or \"or\", not " + Words.quote(word));
                };
                if (joined) {
                    throw refuse(Words.quote(word) + " must stand between two conditions");
                }
                joined = true;
                if (or) {
                    either.add(all(together));
                    together = new ArrayList<>();
                }
            } else {
                together.add(parse(element, depth + 1));
                joined = false;
            }
        }
        if (joined) {
            throw refuse("A list of conditions ends with \"and\" or \"or\"");
        }
        either.add(all(together));
        return either.size() == 1 ? either.getFirst() : new Predicate.Or(either);
    }

    private static Predicate all(List<Predicate> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Predicate.And(terms);
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_FILTER, message);
    }
}
