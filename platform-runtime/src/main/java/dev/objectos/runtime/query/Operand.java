package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a field is compared with. */
public sealed interface Operand {

    /** No operand: {@code IS_NULL}, {@code IS_NOT_NULL}. */
    record None() implements Operand {}

    /** A value as JSON gave it; null never arrives here, the parser makes it {@code IS_NULL}. */
    record Literal(Object value) implements Operand {}

    /** Values for {@code IN}, {@code NOT_IN} and {@code BETWEEN}. */
    record Literals(List<Object> values) implements Operand {

        public Literals {
            values = List.copyOf(values);
        }
    }

    /** Another field of the same record. */
    record Field(FieldPath path) implements Operand {}

    /**
     * A span of time relative to now in the session's zone, such as {@code {this_month}} or {@code {last_n_days:7}}.
     *
     * @param name without the braces
     * @param argument the number after the colon
     */
    record DateMacro(String name, @Nullable Integer argument) implements Operand {}
}
