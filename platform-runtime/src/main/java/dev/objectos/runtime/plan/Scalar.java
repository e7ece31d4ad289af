package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.schema.PhysicalColumn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a statement, every name resolved. */
public sealed interface Scalar {

    /** Of what type the value is; never a derived one. */
    FieldType type();

    /** A stored field. */
    record Column(Source source, PhysicalColumn column, FieldType type) implements Scalar {}

    /**
     * A formula.
     *
     * @param inputs what the fields that it names are here
     */
    record Computed(CompiledExpression expression, Map<FieldPath, Scalar> inputs, FieldType type) implements Scalar {

        public Computed {
            inputs = Map.copyOf(inputs);
        }
    }

    /**
     * A value that is bound when the statement is sent.
     *
     * @param list whether it is a list of values of the type
     */
    record Parameter(Binding binding, FieldType type, boolean list) implements Scalar {}

    /** The span of time in which a date or an instant lies, as text that sorts by time. */
    record Period(Scalar moment, Grouping.Granularity granularity) implements Scalar {

        private static final FieldType TEXT = new FieldType.Text("text", null, null, null);

        @Override
        public FieldType type() {
            return TEXT;
        }
    }

    /** Where in a list of references one stands, counted from 1. */
    record Place(Column list, Column reference) implements Scalar {

        private static final FieldType WHOLE = new FieldType.Whole(null, null);

        @Override
        public FieldType type() {
            return WHOLE;
        }
    }

    /** A value computed earlier in the same statement, under that name. */
    record Named(String name, FieldType type) implements Scalar {}

    /** A value computed over a group of {@link Named} values; null: the records themselves. */
    record Aggregate(Aggregation.Function function, @Nullable Named of, FieldType type) implements Scalar {}
}
