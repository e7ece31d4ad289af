package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.List;

/** A condition on records, before any name has been resolved. */
public sealed interface Predicate {

    /** Holds for every record. */
    Predicate ALWAYS = new And(List.of());

    /** All hold; an empty list holds. */
    record And(List<Predicate> terms) implements Predicate {

        public And {
            terms = List.copyOf(terms);
        }
    }

    /** At least one holds; an empty list does not. */
    record Or(List<Predicate> terms) implements Predicate {

        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** The term does not hold. Unknown (null) counts as not holding, so its negation holds. */
    record Not(Predicate term) implements Predicate {}

    /** A field, possibly through lookups, or in {@code having} an alias, compared with something. */
    record Comparison(FieldPath field, Operator operator, Operand operand) implements Predicate {}
}
