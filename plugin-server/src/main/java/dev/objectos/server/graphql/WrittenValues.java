package dev.objectos.server.graphql;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lets mutations write options in quotes, as filters do and as JSON does: {@code status: "new"} is {@code status: new}.
 */
final class WrittenOptions {

    private WrittenOptions() {}

    static Document asNames(Document document, GraphQLSchema schema) {
        GraphQLObjectType mutations = schema.getMutationType();
        if (mutations == null || document.getDefinitionsOfType(OperationDefinition.class).stream()
                .noneMatch(operation -> operation.getOperation() == OperationDefinition.Operation.MUTATION)) {
            return document;
        }
        return document.transform(builder -> builder.definitions(document.getDefinitions().stream()
                .<Definition>map(definition -> definition instanceof OperationDefinition operation
                        && operation.getOperation() == OperationDefinition.Operation.MUTATION
                                ? operation(operation, mutations)
                                : definition)
                .toList()));
    }

    private static OperationDefinition operation(OperationDefinition operation, GraphQLObjectType mutations) {
        return operation.transform(builder -> builder
                .selectionSet(operation.getSelectionSet().transform(set -> set.selections(operation.getSelectionSet()
                        .getSelections().stream().<Selection>map(selection -> selection instanceof Field field
                                ? field(field, mutations.getFieldDefinition(field.getName()))
                                : selection)
                        .toList()))));
    }

    private static Field field(Field field, @Nullable GraphQLFieldDefinition definition) {
        if (definition == null) {
            return field;
        }
        return field.transform(builder -> builder.arguments(field.getArguments().stream().map(argument -> {
            var declared = definition.getArgument(argument.getName());
            return declared == null
                    ? argument
                    : new Argument(argument.getName(), value(argument.getValue(), declared.getType()));
        }).toList()));
    }

    private static Value<?> value(Value<?> value, GraphQLType type) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        return switch (value) {
            case StringValue text when bare instanceof GraphQLEnumType options
                    && options.getValue(String.valueOf(text.getValue())) != null ->
                EnumValue.newEnumValue(String.valueOf(text.getValue())).sourceLocation(text.getSourceLocation())
                        .build();
            case StringValue text when bare instanceof GraphQLList list -> value(text, list.getWrappedType());
            case ArrayValue array when bare instanceof GraphQLList list ->
                array.transform(builder -> builder.values(array.getValues().stream()
                        .<Value>map(element -> value(element, list.getWrappedType())).toList()));
            case ObjectValue object when bare instanceof GraphQLInputObjectType input -> object
                    .transform(builder -> builder.objectFields(object.getObjectFields().stream().map(field -> {
                        GraphQLInputObjectField declared = input.getFieldDefinition(field.getName());
                        return declared == null
                                ? field
                                : ObjectField.newObjectField().name(field.getName())
                                        .value(value(field.getValue(), declared.getType()))
                                        .sourceLocation(field.getSourceLocation()).build();
                    }).toList()));
            default -> value;
        };
    }
}
