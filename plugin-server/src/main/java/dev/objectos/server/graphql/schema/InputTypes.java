package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import graphql.Scalars;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLTypeReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of what is filled in where a record of an object is made or changed. */
final class InputTypes {

    private final ObjectDefinition object;
    private final Bindings bindings;
    private final Map<String, GraphQLEnumType> options;

    InputTypes(ObjectDefinition object, Bindings bindings, Map<String, GraphQLEnumType> options) {
        this.object = object;
        this.bindings = bindings;
        this.options = options;
    }

    /** None for what nobody writes. */
    List<GraphQLInputObjectType> all() {
        return writable(object)
                ? List.of(input(TypeNames.createInput(object.name()), ChangeAction.CREATE),
                        input(TypeNames.updateInput(object.name()), ChangeAction.UPDATE))
                : List.of();
    }

    static boolean writable(ObjectDefinition object) {
        return !object.view() && object.fields().values().stream().anyMatch(FieldDefinition::writable);
    }

    private GraphQLInputObjectType input(String name, ChangeAction action) {
        var type = GraphQLInputObjectType.newInputObject().name(name).description(object.label());
        bindings.bind(name, new Binding.Change(object.name(), action == ChangeAction.CREATE
                ? Binding.ChangeKind.CREATE
                : Binding.ChangeKind.UPDATE));
        for (FieldDefinition field : object.fields().values()) {
            if (!field.writable()) {
                continue;
            }
            var binding = new Binding.Input(object.name(), field.name(), action);
            GraphQLInputType value = type(field);
            boolean needed = action == ChangeAction.CREATE && field.required() && field.defaultValue() == null;
            String twin = twin(field);
            bindings.bind(name, field.name(), binding);
            type.field(field(field.name(), needed && twin == null ? GraphQLNonNull.nonNull(value) : value)
                    .transform(builder -> builder.description(ObjectTypes.described(field))));
            if (twin != null) {
                bindings.bind(name, twin, binding);
                type.field(field(twin, value));
            }
        }
        return type.build();
    }

    /** The other name that a lookup's id has where it is shown; null: none. */
    private @Nullable String twin(FieldDefinition field) {
        String name = switch (field.type()) {
            case FieldType.Reference _ -> field.name() + "_id";
            case FieldType.References _ -> field.name() + "_ids";
            default -> null;
        };
        return name != null && bindings.of(object.name(), name) instanceof Binding.Value value
                && value.field().equals(field.name()) ? name : null;
    }

    private GraphQLInputType type(FieldDefinition field) {
        GraphQLEnumType option = options.get(field.name());
        ValueType value = ValueType.of(field);
        GraphQLInputType one = option != null
                ? GraphQLTypeReference.typeRef(option.getName())
                : scalar(value);
        return value != null && value.list() ? GraphQLList.list(GraphQLNonNull.nonNull(one)) : one;
    }

    private static GraphQLScalarType scalar(@Nullable ValueType value) {
        return value == null ? Scalars.GraphQLString : value.scalar();
    }

    static GraphQLInputObjectField field(String name, GraphQLInputType type) {
        return GraphQLInputObjectField.newInputObjectField().name(name).type(type).build();
    }
}
