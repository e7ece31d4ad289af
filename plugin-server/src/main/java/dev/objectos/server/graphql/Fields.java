package dev.objectos.server.graphql;

import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.execution.ValuesResolver;
import graphql.schema.GraphQLObjectType;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The fields of an operation: fragments put in, directives obeyed, those of one name merged. */
final class Fields {

    private final ExecutionContext context;
    private final SettledArguments settled;
    private final FieldCollector collector = new FieldCollector();

    Fields(ExecutionContext context, SettledArguments settled) {
        this.context = context;
        this.settled = settled;
    }

    /** The object type of that name, which is there. */
    GraphQLObjectType type(String name) {
        return Objects.requireNonNull(context.getGraphQLSchema().getObjectType(name));
    }

    /** What is selected of a field's value. */
    List<MergedField> of(GraphQLObjectType type, MergedField parent) {
        return collector.collectFields(FieldCollectorParameters.newParameters().schema(context.getGraphQLSchema())
                .objectType(type).fragments(context.getFragmentsByName())
                .variables(context.getCoercedVariables().toMap()).graphQLContext(context.getGraphQLContext()).build(),
                parent).getSubFieldsList();
    }

    Arguments arguments(GraphQLObjectType type, MergedField field) {
        if (field.getArguments().isEmpty()) {
            return new Arguments(Map.of(), field, context);
        }
        return new Arguments(settled.of(field, () -> values(type, field)), field, context);
    }

    private Map<String, Object> values(GraphQLObjectType type, MergedField field) {
        return ValuesResolver.getArgumentValues(context.getGraphQLSchema().getCodeRegistry(),
                type.getFieldDefinition(field.getName()).getArguments(), field.getArguments(),
                context.getCoercedVariables(), context.getGraphQLContext(), context.getLocale());
    }
}
