package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Operand;
import java.util.List;

/** Where a literal comes from, as JSON gave it. */
public sealed interface RawValue {

    /** The literal for one request. */
    Object of(BindContext context);

    /** Whether the value is a date macro, which means a span of time rather than one value. */
    boolean relative();

    /**
     * The place of a value in a {@link QueryShape}.
     *
     * @param index into {@link QueryValues#literals()}
     */
    record Slot(int index, boolean relative) implements RawValue {

        @Override
        public Object of(BindContext context) {
            return context.values().literals().get(index);
        }
    }

    /** The same value in every request, such as one written in a rule. */
    record Constant(Object value) implements RawValue {

        @Override
        public Object of(BindContext context) {
            return value;
        }

        @Override
        public boolean relative() {
            return value instanceof Operand.DateMacro;
        }
    }

    /**
     * The place of a {@link Cursor} in a shape.
     *
     * @param index into {@link QueryValues#literals()}
     * @param nulls for each key of its order, whether it stands at a null
     */
    record Position(int index, List<Boolean> nulls) implements RawValue {

        public Position {
            nulls = List.copyOf(nulls);
        }

        @Override
        public Cursor of(BindContext context) {
            return (Cursor) context.values().literals().get(index);
        }

        @Override
        public boolean relative() {
            return false;
        }
    }
}
