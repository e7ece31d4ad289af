package dev.objectos.server.graphql.schema;

import graphql.Scalars;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The types that are the same for every object. */
final class SharedTypes {

    private SharedTypes() {}

    static Set<GraphQLType> all() {
        var types = new LinkedHashSet<GraphQLType>();
        for (ValueType.Filter filter : ValueType.Filter.values()) {
            types.add(filter(filter));
        }
        types.add(GraphQLEnumType.newEnum().name(TypeNames.DIRECTION)
                .description("Ascending, nulls last, or descending, nulls first.").value("asc").value("desc").build());
        types.add(GraphQLEnumType.newEnum().name(TypeNames.ACTION)
                .description("What has become of a record, as a subscriber sees it.")
                .value("created", "created", "It is new.").value("updated", "updated", "It has changed.")
                .value("deleted", "deleted", "It is gone.")
                .value("left", "left", "It does not match any more, or may not be seen any more.").build());
        types.add(GraphQLObjectType.newObject().name(TypeNames.PAGE_INFO)
                .description("Where a page lies (Relay's cursor connections).")
                .field(field("hasNextPage", GraphQLNonNull.nonNull(Scalars.GraphQLBoolean)))
                .field(field("hasPreviousPage", GraphQLNonNull.nonNull(Scalars.GraphQLBoolean)))
                .field(field("startCursor", Scalars.GraphQLString)).field(field("endCursor", Scalars.GraphQLString))
                .build());
        types.add(GraphQLObjectType.newObject().name(TypeNames.DELETION).description("A record that is gone.")
                .field(field("object", GraphQLNonNull.nonNull(Scalars.GraphQLString)))
                .field(field("id", GraphQLNonNull.nonNull(Scalars.GraphQLID)))
                .field(field("success", GraphQLNonNull.nonNull(Scalars.GraphQLBoolean))).build());
        return types;
    }

    private static GraphQLFieldDefinition field(String name, GraphQLOutputType type) {
        return GraphQLFieldDefinition.newFieldDefinition().name(name).type(type).build();
    }

    private static GraphQLInputObjectType filter(ValueType.Filter filter) {
        var fields = new ArrayList<GraphQLInputObjectField>();
        GraphQLScalarType operand = filter.operand();
        if (operand != null) {
            operators(filter, operand, fields);
        }
        fields.add(operator("_is_null", Scalars.GraphQLBoolean));
        return GraphQLInputObjectType.newInputObject().name(filter.type())
                .description("Conditions on a value; all must hold.").fields(fields).build();
    }

    private static void operators(ValueType.Filter filter, GraphQLScalarType operand,
            List<GraphQLInputObjectField> fields) {
        GraphQLInputType list = GraphQLList.list(GraphQLNonNull.nonNull(operand));
        switch (filter) {
            case TEXTS, IDS -> {
                add(fields, list, "_eq", "_ne", "_contains", "_not_contains");
                return;
            }
            case TEXT, INT, WHOLE, DECIMAL, BOOLEAN, DATE, TIME, INSTANT, ID, PRESENCE -> {
                add(fields, operand, "_eq", "_ne", "_neq");
                add(fields, list, "_in", "_nin", "_not_in");
            }
        }
        if (filter != ValueType.Filter.BOOLEAN) {
            add(fields, operand, "_gt", "_gte", "_lt", "_lte");
            add(fields, list, "_between");
        }
        if (filter == ValueType.Filter.TEXT) {
            add(fields, operand, "_contains", "_not_contains", "_icontains", "_starts_with", "_ends_with", "_like",
                    "_ilike");
        }
    }

    private static void add(List<GraphQLInputObjectField> fields, GraphQLInputType type, String... names) {
        for (String name : names) {
            fields.add(operator(name, type));
        }
    }

    private static GraphQLInputObjectField operator(String name, GraphQLInputType type) {
        return GraphQLInputObjectField.newInputObjectField().name(name).type(type).build();
    }
}
