package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a query, for one person: what they may name, what a path leads to, what matches, in which order. */
final class ReferenceQuery {

    /** What a masked field may be refused with that is used for anything but being shown; the document names no code. */
    private static final Set<ErrorCode> MASKED = Set.of(RuntimeError.INVALID_FIELD, RuntimeError.INVALID_FILTER,
            RuntimeError.INVALID_SORT, RuntimeError.INVALID_QUERY, RuntimeError.PERMISSION_DENIED);

    private final World world;
    private final ReferenceRights rights;
    private final ReferenceFields fields;

    ReferenceQuery(ReferenceRights rights, ReferenceFields fields) {
        this.world = rights.world();
        this.rights = rights;
        this.fields = fields;
    }

    /** What refuses showing the path. */
    Set<ErrorCode> selection(String object, List<String> path) {
        String name = path.getFirst();
        if (!fields.seen(object, name) || (!rights.possible(object, Operation.READ) && !name.equals("id"))) {
            return Set.of(RuntimeError.INVALID_FIELD);
        }
        return path.size() == 1
                ? Set.of()
                : selection(world.schema().lookup(object, name).target(), path.subList(1, path.size()));
    }

    /** What refuses filtering, sorting, grouping or aggregating by the path. */
    Set<ErrorCode> use(String object, FieldPath path) {
        Set<ErrorCode> refusals = selection(object, path.segments());
        if (!refusals.isEmpty()) {
            return refusals;
        }
        String at = object;
        for (String segment : path.segments()) {
            if (fields.mask(at, segment) != null) {
                return MASKED;
            }
            if (world.schema().field(at, segment) instanceof Schema.Field(String _, Kind.Lookup lookup)) {
                at = lookup.target();
            }
        }
        return Set.of();
    }

    Set<ErrorCode> use(String object, Predicate predicate) {
        var refusals = new HashSet<ErrorCode>();
        switch (predicate) {
            case Predicate.And(List<Predicate> terms) -> terms.forEach(term -> refusals.addAll(use(object, term)));
            case Predicate.Or(List<Predicate> terms) -> terms.forEach(term -> refusals.addAll(use(object, term)));
            case Predicate.Not(Predicate term) -> refusals.addAll(use(object, term));
            case Predicate.Comparison(FieldPath field, Operator _, Operand _) -> refusals.addAll(use(object, field));
        }
        return refusals;
    }

    /** The record, where it exists and may be read. */
    @Nullable
    Map<String, @Nullable Object> visible(String object, @Nullable Object id) {
        Map<String, @Nullable Object> record = world.find(object, id);
        return record != null && rights.may(Operation.READ, object, record) ? record : null;
    }

    /** The value of a field; what formulas find behind lookups is found only where it may be read. */
    @Nullable
    Object value(String object, Map<String, @Nullable Object> record, String name) {
        Schema.Field field = world.schema().field(object, name);
        if (field == null || !(field.kind() instanceof Kind.Formula formula)) {
            return record.get(name);
        }
        var inputs = new ArrayList<@Nullable Object>();
        formula.inputs().forEach(path -> inputs.add(value(object, record, path)));
        return formula.function().apply(inputs);
    }

    /** What a path leads to; a record that may not be read is like one that is not there, with no value in any field. */
    @Nullable
    Object value(String object, Map<String, @Nullable Object> record, List<String> path) {
        if (path.size() == 1) {
            return value(object, record, path.getFirst());
        }
        String target = world.schema().lookup(object, path.getFirst()).target();
        Map<String, @Nullable Object> other = visible(target, record.get(path.getFirst()));
        return value(target, other == null ? Map.of() : other, path.subList(1, path.size()));
    }

    /** The records that may be read and match. */
    List<Map<String, @Nullable Object>> matching(String object, Predicate where) {
        return world.all(object).stream().filter(record -> rights.may(Operation.READ, object, record))
                .filter(record -> matches(object, record, where)).toList();
    }

    boolean matches(String object, Map<String, @Nullable Object> record, Predicate where) {
        return switch (where) {
            case Predicate.And(List<Predicate> terms) -> terms.stream().allMatch(t -> matches(object, record, t));
            case Predicate.Or(List<Predicate> terms) -> terms.stream().anyMatch(t -> matches(object, record, t));
            case Predicate.Not(Predicate term) -> !matches(object, record, term);
            case Predicate.Comparison(FieldPath field, Operator operator, Operand operand) ->
                compares(value(object, record, field.segments()), operator, operand);
        };
    }

    static boolean compares(@Nullable Object value, Operator operator, Operand operand) {
        if (operator == Operator.IS_NULL) {
            return value == null;
        }
        if (operand instanceof Operand.Literals(List<Object> literals)) {
            return value != null && literals.stream().anyMatch(literal -> literal.equals(plain(value)));
        }
        Object literal = operand instanceof Operand.Literal(Object given) ? given : "";
        if (operator == Operator.NE) {
            return value == null || !plain(value).equals(literal);
        }
        if (value == null) {
            return false;
        }
        return switch (operator) {
            case EQ -> plain(value).equals(literal);
            case GT -> order(value, literal) > 0;
            case LTE -> order(value, literal) <= 0;
            case CONTAINS -> value.toString().contains(literal.toString());
            default -> throw new IllegalArgumentException("the model knows no " + operator);
        };
    }

    /** An id as JSON has it. */
    static Object plain(Object value) {
        return value instanceof java.util.UUID id ? id.toString() : value;
    }

    /** In order; what is asked for last decides the direction of the ids, which come after all else. */
    List<Map<String, @Nullable Object>> sorted(String object, List<Map<String, @Nullable Object>> records,
            List<Sort> orderBy) {
        Comparator<Map<String, @Nullable Object>> order = (_, _) -> 0;
        boolean descending = false;
        for (Sort sort : orderBy) {
            descending = sort.descending();
            Comparator<Map<String, @Nullable Object>> key = (one, other) -> order(
                    value(object, one, sort.field().segments()), value(object, other, sort.field().segments()));
            order = order.thenComparing(descending ? key.reversed() : key);
        }
        Comparator<Map<String, @Nullable Object>> byId = (one, other) -> order(one.get("id"), other.get("id"));
        return records.stream().sorted(order.thenComparing(descending ? byId.reversed() : byId)).toList();
    }

    /** Nothing comes after everything else. */
    static int order(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return one instanceof Integer number && other instanceof Integer another
                ? number.compareTo(another)
                : one.toString().compareTo(other.toString());
    }
}
