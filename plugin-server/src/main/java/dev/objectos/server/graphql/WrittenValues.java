package dev.objectos.server.graphql;

import dev.objectos.server.graphql.schema.NumberTypes;
import graphql.language.ArrayValue;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a document writes what its schema expects, where JSON knows no difference: options may be in quotes
 * ({@code status: "new"} is {@code status: new}), and a variable that is declared as {@code Int} or {@code Float} may stand
 * where numbers have more digits. What is wrong is left to validation.
 */
final class WrittenValues {

    private final GraphQLSchema schema;
    /** What is expected of variables that only stand for such numbers, by their names. */
    private final Map<String, String> numbers = new HashMap<>();
    private final Set<String> others = new HashSet<>();

    private WrittenValues(GraphQLSchema schema) {
        this.schema = schema;
    }

    static Document asExpected(Document document, GraphQLSchema schema) {
        return new WrittenValues(schema).document(document);
    }

    private Document document(Document document) {
        Document read = document.transform(builder -> builder
                .definitions(document.getDefinitions().stream().<Definition>map(this::values).toList()));
        numbers.keySet().removeAll(others);
        return numbers.isEmpty()
                ? read
                : read.transform(builder -> builder.definitions(
                        read.getDefinitions().stream().<Definition>map(this::variables).toList()));
    }

    private Definition<?> values(Definition<?> definition) {
        return switch (definition) {
            case OperationDefinition operation -> operation.transform(builder -> builder
                    .selectionSet(selections(operation.getSelectionSet(), root(operation.getOperation()))));
            case FragmentDefinition fragment -> fragment.transform(builder -> builder.selectionSet(selections(
                    fragment.getSelectionSet(), schema.getType(fragment.getTypeCondition().getName()))));
            default -> definition;
        };
    }

    private @Nullable GraphQLObjectType root(OperationDefinition.Operation operation) {
        return switch (operation) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
    }

    private SelectionSet selections(SelectionSet selections, @Nullable GraphQLType type) {
        return type instanceof GraphQLObjectType object
                ? selections.transform(builder -> builder.selections(
                        selections.getSelections().stream().<Selection>map(one -> selection(one, object)).toList()))
                : selections;
    }

    private Selection<?> selection(Selection<?> selection, GraphQLObjectType type) {
        return switch (selection) {
            case Field field -> field(field, type.getFieldDefinition(field.getName()));
            case InlineFragment inline -> inline.transform(builder -> builder.selectionSet(selections(
                    inline.getSelectionSet(), inline.getTypeCondition() == null
                            ? type
                            : schema.getType(inline.getTypeCondition().getName()))));
            default -> selection;
        };
    }

    private Field field(Field field, @Nullable GraphQLFieldDefinition definition) {
        if (definition == null) {
            return field;
        }
        return field.transform(builder -> {
            builder.arguments(field.getArguments().stream().map(argument -> {
                var declared = definition.getArgument(argument.getName());
                return declared == null
                        ? argument
                        : argument.transform(written -> written.value(value(argument.getValue(), declared.getType())));
            }).toList());
            SelectionSet further = field.getSelectionSet();
            if (further != null) {
                builder.selectionSet(selections(further, GraphQLTypeUtil.unwrapAll(definition.getType())));
            }
        });
    }

    private Value<?> value(Value<?> value, GraphQLType type) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        return switch (value) {
            case VariableReference variable -> variable(variable, bare);
            case StringValue text when bare instanceof GraphQLEnumType options
                    && options.getValue(String.valueOf(text.getValue())) != null ->
                EnumValue.newEnumValue(String.valueOf(text.getValue())).sourceLocation(text.getSourceLocation())
                        .build();
            case StringValue text when bare instanceof GraphQLList list -> value(text, list.getWrappedType());
            case ArrayValue array when bare instanceof GraphQLList list ->
                array.transform(builder -> builder.values(array.getValues().stream()
                        .<Value>map(element -> value(element, list.getWrappedType())).toList()));
            case ObjectValue object when bare instanceof GraphQLList list -> value(object, list.getWrappedType());
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

    private VariableReference variable(VariableReference variable, GraphQLType expected) {
        String name = GraphQLTypeUtil.unwrapAll(expected).getName();
        if (NumberTypes.wide(name)) {
            numbers.merge(variable.getName(), name, NumberTypes::narrower);
        } else {
            others.add(variable.getName());
        }
        return variable;
    }

    private Definition<?> variables(Definition<?> definition) {
        return definition instanceof OperationDefinition operation
                ? operation.transform(builder -> builder.variableDefinitions(
                        operation.getVariableDefinitions().stream().map(this::declared).toList()))
                : definition;
    }

    private VariableDefinition declared(VariableDefinition variable) {
        String expected = numbers.get(variable.getName());
        return expected == null
                ? variable
                : variable.transform(builder -> builder.type(declared(variable.getType(), expected)));
    }

    private static Type<?> declared(Type<?> type, String expected) {
        return switch (type) {
            case NonNullType must -> NonNullType.newNonNullType(declared(must.getType(), expected)).build();
            case ListType list -> ListType.newListType(declared(list.getType(), expected)).build();
            case TypeName name when NumberTypes.fits(name.getName(), expected) -> new TypeName(expected);
            default -> type;
        };
    }
}
