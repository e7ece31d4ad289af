package dev.objectos.permissions.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition of a rule, as far as the model knows any. One over a missing value does not hold. */
sealed interface Condition {

    /** How a value is compared. */
    enum Op {
        EQUALS, NOT_EQUALS, GREATER, LESS, AT_LEAST, AT_MOST, CONTAINS, STARTS_WITH, ENDS_WITH, IN, NOT_IN, IS_NULL, NOT_NULL
    }

    /** What a value is compared with. */
    sealed interface Operand {

        /** A text, a number, or a list of them. */
        record Constant(Object value) implements Operand {}

        /** The user who asks. */
        record Me() implements Operand {}

        /** Everybody below the user who asks. */
        record Subordinates() implements Operand {}

        /** Nothing, for operators that need nothing. */
        record None() implements Operand {}
    }

    /** @param path a field, possibly through lookups */
    record Compare(List<String> path, Op op, Operand operand) implements Condition {}

    /** All hold. */
    record All(List<Condition> conditions) implements Condition {}

    /** At least one holds. */
    record Any(List<Condition> conditions) implements Condition {}

    /** The lookup leads to a record for which the condition holds. */
    record Through(String lookup, Condition condition) implements Condition {}

    /** Whether it holds for a record; it sees every field of every record, whatever the user may see. */
    default boolean holds(String object, Map<String, @Nullable Object> record, World world, Person person) {
        return switch (this) {
            case All(List<Condition> conditions) -> conditions.stream()
                    .allMatch(condition -> condition.holds(object, record, world, person));
            case Any(List<Condition> conditions) -> conditions.stream()
                    .anyMatch(condition -> condition.holds(object, record, world, person));
            case Through(String lookup, Condition condition) -> {
                String target = world.schema().lookup(object, lookup).target();
                Map<String, @Nullable Object> other = world.find(target, record.get(lookup));
                yield other != null && condition.holds(target, other, world, person);
            }
            case Compare(List<String> path, Op op, Operand operand) ->
                compare(value(object, record, path, world), op, operand, world, person);
        };
    }

    private static @Nullable Object value(String object, Map<String, @Nullable Object> record, List<String> path,
            World world) {
        Object value = record.get(path.getFirst());
        if (path.size() == 1 || value == null) {
            return value;
        }
        String target = world.schema().lookup(object, path.getFirst()).target();
        Map<String, @Nullable Object> other = world.find(target, value);
        return other == null ? null : value(target, other, path.subList(1, path.size()), world);
    }

    private static boolean compare(@Nullable Object value, Op op, Operand operand, World world, Person person) {
        if (value == null) {
            return op == Op.IS_NULL;
        }
        Object other = switch (operand) {
            case Operand.Constant(Object constant) -> constant;
            case Operand.Me _ -> person.id();
            case Operand.Subordinates _ -> world.subordinates(person.id());
            case Operand.None _ -> "";
        };
        return switch (op) {
            case IS_NULL -> false;
            case NOT_NULL -> true;
            case EQUALS -> value.equals(other);
            case NOT_EQUALS -> !value.equals(other);
            case GREATER -> (Integer) value > (Integer) other;
            case LESS -> (Integer) value < (Integer) other;
            case AT_LEAST -> (Integer) value >= (Integer) other;
            case AT_MOST -> (Integer) value <= (Integer) other;
            case CONTAINS -> value.toString().contains(other.toString());
            case STARTS_WITH -> value.toString().startsWith(other.toString());
            case ENDS_WITH -> value.toString().endsWith(other.toString());
            case IN -> among(value, other);
            case NOT_IN -> !among(value, other);
        };
    }

    private static boolean among(Object value, Object several) {
        return several instanceof List<?> list
                ? list.contains(value)
                : value instanceof UUID id && several instanceof Set<?> set && set.contains(id);
    }

    /** The fields that it looks at, by object. */
    default void mentions(String object, Schema schema, java.util.function.BiConsumer<String, String> to) {
        switch (this) {
            case All(List<Condition> conditions) -> conditions.forEach(inner -> inner.mentions(object, schema, to));
            case Any(List<Condition> conditions) -> conditions.forEach(inner -> inner.mentions(object, schema, to));
            case Through(String lookup, Condition condition) -> {
                to.accept(object, lookup);
                condition.mentions(schema.lookup(object, lookup).target(), schema, to);
            }
            case Compare(List<String> path, Op _, Operand _) -> {
                String at = object;
                for (String segment : path) {
                    to.accept(at, segment);
                    if (schema.field(at, segment) instanceof Schema.Field(String _, Schema.Kind.Lookup lookup)) {
                        at = lookup.target();
                    }
                }
            }
        }
    }
}
