package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.FieldPath;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A condition on rows, every name resolved and every operator reduced to what SQL has. */
public sealed interface RowCondition {

    RowCondition ALWAYS = new And(List.of());
    RowCondition NEVER = new Or(List.of());

    /** All hold. */
    record And(List<RowCondition> terms) implements RowCondition {

        public And {
            terms = List.copyOf(terms);
        }
    }

    /** At least one holds. */
    record Or(List<RowCondition> terms) implements RowCondition {

        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** The term does not hold or is unknown. */
    record Not(RowCondition term) implements RowCondition {}

    /** Two values compared. */
    record Compare(Scalar left, Comparator comparator, Scalar right) implements RowCondition {}

    /** The value is null. */
    record IsNull(Scalar value) implements RowCondition {}

    /** The value is among those of a list parameter. */
    record AmongThese(Scalar value, Scalar list) implements RowCondition {}

    /** The list has all elements of another. */
    record ContainsAll(Scalar list, Scalar elements) implements RowCondition {}

    /** The lists have an element in common. */
    record Overlaps(Scalar list, Scalar elements) implements RowCondition {}

    /** The text matches a {@code LIKE} pattern. */
    record Like(Scalar text, Scalar pattern, boolean ignoreCase) implements RowCondition {}

    /** An expression of the language holds. */
    record Holds(CompiledExpression expression, Map<FieldPath, Scalar> inputs,
            Map<String, Scalar> userAttributes, boolean userPresent) implements RowCondition {

        public Holds {
            inputs = Map.copyOf(inputs);
            userAttributes = Map.copyOf(userAttributes);
        }
    }

    /**
     * A row of another table names the record and has not expired.
     *
     * @param tenant of that row
     * @param object as that row names it
     * @param among by column of that row, texts of which the column holds one; in the order of the columns' names
     */
    record Listed(String schema, String table, Scalar tenant, String object, Scalar record,
            SortedMap<String, Scalar> among, Scalar now) implements RowCondition {

        public Listed {
            among = Collections.unmodifiableSortedMap(new TreeMap<>(among));
        }
    }

    /**
     * The row comes after a place in an order.
     *
     * @param nulls for each key, whether it is null at that place
     * @param place for each key, its value there
     */
    record After(List<OrderKey> order, List<Boolean> nulls, List<Scalar.Parameter> place) implements RowCondition {

        public After {
            order = List.copyOf(order);
            nulls = List.copyOf(nulls);
            place = List.copyOf(place);
        }
    }

    /** How two values are compared. The first two know null as a value, the others hold for no null. */
    enum Comparator {
        SAME, DIFFERENT, EQUAL, LESS, LESS_OR_EQUAL, MORE, MORE_OR_EQUAL
    }
}
