package dev.objectos.server.graphql.schema;

import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLTypeReference;
import java.util.List;

/** What fields take that give records of an object, a page of them, or groups. */
final class RecordArguments {

    private RecordArguments() {}

    /** Which records. */
    static List<GraphQLArgument> range(String object) {
        return List.of(where(object), orderBy(object), argument("limit", Scalars.GraphQLInt),
                argument("offset", Scalars.GraphQLInt));
    }

    /** Which page (Relay's cursor connections). */
    static List<GraphQLArgument> page(String object) {
        return List.of(argument("first", Scalars.GraphQLInt), argument("after", Scalars.GraphQLString),
                argument("last", Scalars.GraphQLInt), argument("before", Scalars.GraphQLString), where(object),
                orderBy(object));
    }

    /** Which groups. */
    static List<GraphQLArgument> groups(String object) {
        return List.of(where(object),
                argument("group_by", GraphQLList.list(GraphQLNonNull.nonNull(PlatformScalars.GROUP_KEY))),
                argument("limit", Scalars.GraphQLInt), argument("offset", Scalars.GraphQLInt));
    }

    static GraphQLArgument where(String object) {
        return argument("where", GraphQLTypeReference.typeRef(TypeNames.where(object)));
    }

    private static GraphQLArgument orderBy(String object) {
        return argument("order_by",
                GraphQLList.list(GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.orderBy(object)))));
    }

    static GraphQLArgument argument(String name, GraphQLInputType type) {
        return GraphQLArgument.newArgument().name(name).type(type).build();
    }
}
