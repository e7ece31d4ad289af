package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on records, for whoever acts.
 *
 * @param expression the condition in SQL form; null: it could not be read, which has been reported
 * @param constants what it comes to where it compares a field with constants alone; null: something else
 */
public record Condition(@Nullable CompiledExpression expression, @Nullable Constants constants, SourceLocation where) {

    /**
     * A field that has one of some values.
     *
     * @param values in the forms of {@code metadata.FieldValues}
     */
    public record Constants(FieldPath field, List<Object> values) {

        public Constants {
            values = List.copyOf(values);
        }
    }

    public boolean readable() {
        return expression != null;
    }
}
