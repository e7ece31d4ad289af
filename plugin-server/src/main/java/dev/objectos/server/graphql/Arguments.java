package dev.objectos.server.graphql;

import dev.objectos.runtime.query.Operand;
import dev.objectos.server.graphql.schema.Literals;
import graphql.execution.CoercedVariables;
import graphql.execution.ExecutionContext;
import graphql.execution.MergedField;
import graphql.language.Argument;
import graphql.language.VariableReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a field. */
final class Arguments {

    private final Map<String, Object> values;
    private final MergedField field;
    private final ExecutionContext context;

    Arguments(Map<String, Object> values, MergedField field, ExecutionContext context) {
        this.values = values;
        this.field = field;
        this.context = context;
    }

    @Nullable
    Object value(String name) {
        return values.get(name);
    }

    @Nullable
    Integer whole(String name) {
        return values.get(name) instanceof Integer whole ? whole : null;
    }

    @Nullable
    String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** How many are skipped. */
    Operand offset() {
        Integer offset = whole("offset");
        return offset == null || offset == 0 ? new Operand.None() : new Operand.Literal(offset);
    }

    /** A value with the keys of objects in the order in which they are written, which types do not keep. */
    @Nullable
    Object written(String name) {
        Object value = values.get(name);
        Argument argument = value == null
                ? null
                : field.getArguments().stream().filter(given -> given.getName().equals(name)).findFirst()
                        .orElse(null);
        if (argument == null || argument.getValue() instanceof VariableReference variable
                && !raw().containsKey(variable.getName())) {
            return value;
        }
        return Literals.java(argument.getValue(), CoercedVariables.of(raw()));
    }

    private Map<String, Object> raw() {
        return context.getExecutionInput().getRawVariables().toMap();
    }
}
