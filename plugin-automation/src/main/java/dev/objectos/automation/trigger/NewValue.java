package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CompiledExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trigger writes into a field. */
public sealed interface NewValue {

    /** Always the same, in the form of {@code metadata.FieldValues}. */
    record Constant(@Nullable Object value) implements NewValue {}

    /** What an expression gives. */
    record Computed(CompiledExpression expression) implements NewValue {}

    /** Text with expressions in it. */
    record Filled(TextTemplate text) implements NewValue {}

    /** A user, by id, username or e-mail. */
    record Person(String who) implements NewValue {}

    /** Several users by id, username or e-mail, each in turn. */
    record RoundRobin(List<String> pool) implements NewValue {

        public RoundRobin {
            pool = List.copyOf(pool);
        }
    }
}
