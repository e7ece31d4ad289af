package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that a catalog has as a GraphQL schema, of which each session sees a part.
 *
 * @param bindings what its fields stand for
 */
public record SchemaOfCatalog(GraphQLSchema schema, Bindings bindings) {

    public static final String QUERY = "Query";
    public static final String MUTATION = "Mutation";
    public static final String SUBSCRIPTION = "Subscription";

    /** Made once for each snapshot. */
    public static SchemaOfCatalog of(Catalog catalog) {
        return catalog.derive(SchemaOfCatalog.class, SchemaOfCatalog::build);
    }

    private static SchemaOfCatalog build(Catalog catalog) {
        Map<String, ObjectDefinition> objects = catalog.objects().stream().filter(object -> object.enable().api())
                .collect(Collectors.toMap(ObjectDefinition::name, object -> object, (one, _) -> one,
                        LinkedHashMap::new));
        var bindings = new Bindings();
        var types = new LinkedHashSet<GraphQLType>(SharedTypes.all());
        for (ObjectDefinition object : objects.values()) {
            new ObjectTypes(object, catalog, name -> catalog.object(name)
                    .filter(target -> objects.containsKey(target.name())).isPresent(), bindings, types).add();
        }
        var schema = GraphQLSchema.newSchema().additionalTypes(types)
                .query(query(objects.values(), bindings));
        Set<ObjectDefinition> writable = objects.values().stream().filter(InputTypes::writable)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!writable.isEmpty()) {
            schema.mutation(mutation(writable, bindings));
        }
        if (!objects.isEmpty()) {
            schema.subscription(subscription(objects.values(), bindings));
        }
        return new SchemaOfCatalog(schema.build(), bindings);
    }

    /** An object's own name comes before names that are made of another's. */
    private static GraphQLObjectType query(Iterable<ObjectDefinition> objects, Bindings bindings) {
        var fields = new RootFields(QUERY, bindings);
        for (ObjectDefinition object : objects) {
            String name = object.name();
            fields.add(name, new Binding.Root(name, Binding.RootKind.LIST), ObjectTypes.records(name),
                    RecordArguments.range(name), object.pluralLabel());
        }
        for (ObjectDefinition object : objects) {
            String name = object.name();
            fields.add(name + "_by_id", new Binding.Root(name, Binding.RootKind.ONE),
                    GraphQLTypeReference.typeRef(name), List.of(RecordArguments.argument("id",
                            GraphQLNonNull.nonNull(Scalars.GraphQLID))),
                    object.label());
            fields.add(name + "_connection", new Binding.Root(name, Binding.RootKind.CONNECTION),
                    ObjectTypes.page(name), RecordArguments.page(name),
                    object.pluralLabel() + ", page by page");
            fields.add(name + "_aggregate", new Binding.Root(name, Binding.RootKind.AGGREGATE),
                    ObjectTypes.records(TypeNames.aggregate(name)),
                    RecordArguments.groups(name),
                    "Groups of " + object.pluralLabel() + "; one of all where nothing is grouped by");
        }
        return fields.type();
    }

    private static GraphQLObjectType mutation(Iterable<ObjectDefinition> objects, Bindings bindings) {
        var fields = new RootFields(MUTATION, bindings);
        for (ObjectDefinition object : objects) {
            String name = object.name();
            var record = GraphQLTypeReference.typeRef(name);
            var id = RecordArguments.argument("id", GraphQLNonNull.nonNull(Scalars.GraphQLID));
            var version = RecordArguments.argument("if_version", Scalars.GraphQLInt);
            var create = GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.createInput(name)));
            fields.add("create_" + name, new Binding.Change(name, Binding.ChangeKind.CREATE), record,
                    List.of(RecordArguments.argument("input", create)), "Makes a record: " + object.label());
            fields.add("create_" + name + "_many", new Binding.Change(name, Binding.ChangeKind.CREATE_MANY),
                    GraphQLList.list(GraphQLNonNull.nonNull(record)),
                    List.of(RecordArguments.argument("input", GraphQLNonNull.nonNull(GraphQLList.list(create)))),
                    "Makes several records, or none: " + object.pluralLabel());
            fields.add("update_" + name, new Binding.Change(name, Binding.ChangeKind.UPDATE), record,
                    List.of(id, RecordArguments.argument("input",
                            GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.updateInput(name)))),
                            version),
                    "Changes the fields that are given: " + object.label());
            fields.add("delete_" + name, new Binding.Change(name, Binding.ChangeKind.DELETE),
                    GraphQLTypeReference.typeRef(TypeNames.DELETION), List.of(id, version),
                    "Removes a record: " + object.label());
        }
        return fields.type();
    }

    private static GraphQLObjectType subscription(Iterable<ObjectDefinition> objects, Bindings bindings) {
        var fields = new RootFields(SUBSCRIPTION, bindings);
        for (ObjectDefinition object : objects) {
            String name = object.name();
            if (!object.view()) {
                fields.add(name + "_changed", new Binding.Changed(name),
                        GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.change(name))),
                        List.of(RecordArguments.where(name)),
                        "Changes of " + object.pluralLabel() + ", as they happen");
            }
        }
        return fields.type();
    }

    /** The fields of a root type; of two with one name the first counts. */
    private static final class RootFields {

        private final String type;
        private final Bindings bindings;
        private final Map<String, GraphQLFieldDefinition> fields = new LinkedHashMap<>();

        RootFields(String type, Bindings bindings) {
            this.type = type;
            this.bindings = bindings;
        }

        void add(String name, Binding binding, GraphQLOutputType result,
                List<GraphQLArgument> arguments, String description) {
            if (!fields.containsKey(name)) {
                bindings.bind(type, name, binding);
                fields.put(name, GraphQLFieldDefinition.newFieldDefinition().name(name).type(result)
                        .arguments(arguments).description(description).build());
            }
        }

        GraphQLObjectType type() {
            return GraphQLObjectType.newObject().name(type).fields(List.copyOf(fields.values())).build();
        }
    }
}
