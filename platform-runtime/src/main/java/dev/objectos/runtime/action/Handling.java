package dev.objectos.runtime.action;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.plugin.manifest.VersionRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done when an action is run. */
sealed interface Handling {

    /** Nothing: the action only describes something that others do. */
    record Described() implements Handling {}

    /** Fields of the record are written. */
    record Updates(Map<String, Value> values) implements Handling {

        public Updates {
            values = Map.copyOf(values);
        }
    }

    /** The newest service in that range is called. */
    record ByService(String capability, VersionRange range) implements Handling {}

    /** The handler of that name is called. */
    record ByName(String name) implements Handling {}

    /** What is written into a field. */
    sealed interface Value {

        /** Always the same, as YAML gave it. */
        record Constant(@Nullable Object value) implements Value {}

        /** What an expression gives. */
        record Computed(CompiledExpression expression) implements Value {}

        /** Text with expressions in it. */
        record Filled(List<Piece> pieces) implements Value {

            public Filled {
                pieces = List.copyOf(pieces);
            }
        }
    }

    /** A piece of text and the expression behind it; null: none. */
    record Piece(String text, @Nullable CompiledExpression expression) {}
}
