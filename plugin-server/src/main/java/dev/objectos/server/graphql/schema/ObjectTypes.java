package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Relationship;
import dev.objectos.runtime.metadata.SelectOption;
import graphql.Scalars;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types with which records of one object are shown, sought and counted. */
final class ObjectTypes {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][_0-9A-Za-z]*");
    private static final Set<String> NO_OPTION = Set.of("true", "false", "null");

    private final ObjectDefinition object;
    private final Catalog catalog;
    private final Predicate<String> served;
    private final Bindings bindings;
    private final Set<GraphQLType> types;
    private final Map<String, GraphQLEnumType> options = new LinkedHashMap<>();

    /** @param served which objects have types */
    ObjectTypes(ObjectDefinition object, Catalog catalog, Predicate<String> served, Bindings bindings,
            Set<GraphQLType> types) {
        this.object = object;
        this.catalog = catalog;
        this.served = served;
        this.bindings = bindings;
        this.types = types;
    }

    void add() {
        for (FieldDefinition field : object.fields().values()) {
            options(field);
        }
        types.add(record());
        types.add(where());
        types.add(orderBy());
        types.add(connection());
        types.add(edge());
        types.add(aggregate());
        if (!object.view()) {
            types.add(change());
        }
        for (String function : List.of("sum", "avg", "min", "max")) {
            types.add(computed(function));
        }
        types.addAll(options.values());
        types.addAll(new InputTypes(object, bindings, options).all());
    }

    /** Options make an enum where each is a name that GraphQL allows. */
    private void options(FieldDefinition field) {
        List<SelectOption> choices = switch (field.type()) {
            case FieldType.Choice choice -> choice.options();
            case FieldType.Choices several -> several.options();
            default -> List.of();
        };
        if (choices.isEmpty() || !choices.stream().map(SelectOption::value)
                .allMatch(value -> NAME.matcher(value).matches() && !NO_OPTION.contains(value))) {
            return;
        }
        String name = TypeNames.option(object.name(), field.name());
        var type = GraphQLEnumType.newEnum().name(name).description(field.label());
        choices.forEach(choice -> type.value(choice.value(), choice.value(), choice.label()));
        bindings.bind(name, new Binding.Value(object.name(), field.name()));
        options.put(field.name(), type.build());
    }

    private GraphQLObjectType record() {
        var taken = new HashSet<>(object.fields().keySet());
        catalog.children(object.name()).forEach(relationship -> taken.add(relationship.name()));
        var members = new ArrayList<Binding.Members>();
        var type = GraphQLObjectType.newObject().name(object.name()).description(described(object));
        own(object.name());
        for (FieldDefinition field : object.fields().values()) {
            ValueType value = ValueType.of(field);
            if (value != null) {
                field(field, value, taken, type);
                if (field.type() instanceof FieldType.References references && served.test(references.target())) {
                    members.add(new Binding.Lookups(object.name(), field.name(), target(references.target())));
                }
            }
        }
        for (Relationship relationship : catalog.children(object.name())) {
            if (served.test(relationship.child()) && !object.fields().containsKey(relationship.name())) {
                members.add(new Binding.Collection(object.name(), relationship.name(), relationship.child(),
                        relationship.field()));
            }
        }
        members.forEach(some -> members(some, taken, type));
        return type.build();
    }

    /** Records that go with this one: themselves, page by page, and what is computed over them. */
    private void members(Binding.Members members, Set<String> taken, GraphQLObjectType.Builder type) {
        String target = members.target();
        String label = object.field(members.collection()).map(ObjectTypes::described)
                .orElseGet(() -> catalog.object(target).map(ObjectDefinition::pluralLabel).orElse(target));
        type.field(bound(object.name(), members.collection(), members).description(label).type(records(target))
                .arguments(RecordArguments.range(target)));
        String page = members.collection() + "_connection";
        if (taken.add(page)) {
            type.field(bound(object.name(), page, new Binding.MembersPage(members))
                    .description(label + ", page by page").type(page(target)).arguments(RecordArguments.page(target)));
        }
        String groups = members.collection() + "_aggregate";
        if (taken.add(groups)) {
            type.field(bound(object.name(), groups, new Binding.MembersGroups(members))
                    .description("Groups of " + label + "; one of all where nothing is grouped by")
                    .type(records(TypeNames.aggregate(target))).arguments(RecordArguments.groups(target)));
        }
    }

    private void field(FieldDefinition field, ValueType value, Set<String> taken, GraphQLObjectType.Builder type) {
        var plain = new Binding.Value(object.name(), field.name());
        switch (field.type()) {
            case FieldType.Reference reference when served.test(reference.target()) -> {
                type.field(bound(object.name(), field.name(),
                        new Binding.Lookup(object.name(), field.name(), reference.target()))
                        .description(described(field)).type(GraphQLTypeReference.typeRef(target(reference.target()))));
                id(field.name() + "_id", taken, plain, Scalars.GraphQLID, type);
            }
            case FieldType.References references when served.test(references.target()) ->
                id(field.name() + "_ids", taken, plain, listOf(Scalars.GraphQLID), type);
            default -> type.field(bound(object.name(), field.name(), plain).description(described(field))
                    .type(shown(field, value)));
        }
    }

    private void id(String name, Set<String> taken, Binding binding, GraphQLOutputType idType,
            GraphQLObjectType.Builder type) {
        if (taken.add(name)) {
            type.field(bound(object.name(), name, binding).type(idType));
        }
    }

    /** A stored value that must be there is never null, for it cannot be out of sight as a record can. */
    private GraphQLOutputType shown(FieldDefinition field, ValueType value) {
        GraphQLEnumType option = options.get(field.name());
        GraphQLOutputType one = option != null
                ? GraphQLTypeReference.typeRef(option.getName())
                : value.scalar();
        GraphQLOutputType type = value.list() ? GraphQLList.list(GraphQLNonNull.nonNull(one)) : one;
        boolean present = field.stored() && !(field.type() instanceof FieldType.Reference)
                && (field.required() || field.system());
        return present ? GraphQLNonNull.nonNull(type) : type;
    }

    private GraphQLInputObjectType where() {
        String name = TypeNames.where(object.name());
        var self = GraphQLTypeReference.typeRef(name);
        var type = GraphQLInputObjectType.newInputObject().name(name).description(
                "Conditions on " + object.pluralLabel() + "; all must hold.")
                .field(InputTypes.field("_and", listOf(self))).field(InputTypes.field("_or", listOf(self)))
                .field(InputTypes.field("_not", self));
        own(name);
        named(name, (field, binding) -> {
            if (binding instanceof Binding.Lookup lookup) {
                type.field(InputTypes.field(field,
                        GraphQLTypeReference.typeRef(TypeNames.where(target(lookup.target())))));
            } else if (binding instanceof Binding.Value value) {
                ValueType shape = ValueType.of(fieldOf(value));
                if (shape != null) {
                    type.field(InputTypes.field(field, GraphQLTypeReference.typeRef(shape.filter().type())));
                }
            }
        });
        return type.build();
    }

    private GraphQLInputObjectType orderBy() {
        String name = TypeNames.orderBy(object.name());
        var type = GraphQLInputObjectType.newInputObject().name(name)
                .description("What " + object.pluralLabel() + " are sorted by, one after the other.");
        own(name);
        named(name, (field, binding) -> {
            if (binding instanceof Binding.Lookup lookup) {
                type.field(InputTypes.field(field,
                        GraphQLTypeReference.typeRef(TypeNames.orderBy(target(lookup.target())))));
            } else if (binding instanceof Binding.Value value) {
                ValueType shape = ValueType.of(fieldOf(value));
                if (shape != null && shape.ordered()) {
                    type.field(InputTypes.field(field, GraphQLTypeReference.typeRef(TypeNames.DIRECTION)));
                }
            }
        });
        return type.build();
    }

    /** Whatever a record shows of itself and of one other, under the same names. */
    private void named(String type, BiConsumer<String, Binding> each) {
        var names = new ArrayList<String>();
        for (FieldDefinition field : object.fields().values()) {
            names.add(field.name());
            names.add(field.name() + "_id");
            names.add(field.name() + "_ids");
        }
        var seen = new HashSet<String>();
        for (String field : names) {
            Binding binding = bindings.of(object.name(), field);
            if (seen.add(field) && (binding instanceof Binding.Value || binding instanceof Binding.Lookup)) {
                bindings.bind(type, field, binding);
                each.accept(field, binding);
            }
        }
    }

    private FieldDefinition fieldOf(Binding.Value value) {
        return object.field(value.field()).orElseThrow();
    }

    private GraphQLObjectType connection() {
        String name = TypeNames.connection(object.name());
        own(name);
        return GraphQLObjectType.newObject().name(name).description("A page of " + object.pluralLabel() + ".")
                .field(plain("edges", GraphQLNonNull.nonNull(listOf(GraphQLNonNull.nonNull(
                        GraphQLTypeReference.typeRef(TypeNames.edge(object.name())))))))
                .field(plain("nodes", records(object.name())))
                .field(plain("pageInfo",
                        GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.PAGE_INFO))))
                .field(plain("totalCount", GraphQLNonNull.nonNull(Scalars.GraphQLInt))
                        .description("How many there are on all pages."))
                .build();
    }

    private GraphQLObjectType edge() {
        String name = TypeNames.edge(object.name());
        own(name);
        return GraphQLObjectType.newObject().name(name)
                .field(plain("cursor", GraphQLNonNull.nonNull(Scalars.GraphQLString)))
                .field(plain("node", GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(object.name())))).build();
    }

    private GraphQLObjectType aggregate() {
        String name = TypeNames.aggregate(object.name());
        own(name);
        var type = GraphQLObjectType.newObject().name(name).description("A group of " + object.pluralLabel() + ".")
                .field(plain("group", PlatformScalars.JSON).description("What the records have in common, by key."))
                .field(plain("count", GraphQLNonNull.nonNull(Scalars.GraphQLInt)));
        for (String function : List.of("sum", "avg", "min", "max")) {
            type.field(plain(function, GraphQLTypeReference.typeRef(TypeNames.computed(object.name(), function))));
        }
        return type.build();
    }

    private GraphQLObjectType change() {
        String name = TypeNames.change(object.name());
        own(name);
        return GraphQLObjectType.newObject().name(name).description("A change of a record.")
                .field(plain("id", GraphQLNonNull.nonNull(Scalars.GraphQLID)))
                .field(plain("action", GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.ACTION))))
                .field(plain("version", Scalars.GraphQLInt)
                        .description("The record's version after the change; null where it is out of sight."))
                .field(plain("at", GraphQLNonNull.nonNull(PlatformScalars.DATE_TIME)))
                .field(plain("record", GraphQLTypeReference.typeRef(object.name()))
                        .description("The record as it is now; null where it is gone, or out of sight."))
                .build();
    }

    private GraphQLObjectType computed(String function) {
        String name = TypeNames.computed(object.name(), function);
        own(name);
        var type = GraphQLObjectType.newObject().name(name);
        for (FieldDefinition field : object.fields().values()) {
            ValueType value = ValueType.of(field);
            GraphQLOutputType result = value == null ? null : result(function, value);
            if (result != null) {
                type.field(bound(name, field.name(), new Binding.Value(object.name(), field.name())).type(result));
            }
        }
        return type.build();
    }

    private static @Nullable GraphQLOutputType result(String function, ValueType value) {
        if (function.equals("sum") || function.equals("avg")) {
            return value.number() ? PlatformScalars.DECIMAL : null;
        }
        return switch (value.filter()) {
            case TEXT, INT, WHOLE, DECIMAL, DATE, TIME, INSTANT -> value.list() ? null : value.scalar();
            case BOOLEAN, ID, TEXTS, IDS, PRESENCE -> null;
        };
    }

    private String target(String name) {
        return catalog.object(name).map(ObjectDefinition::name).orElse(name);
    }

    private GraphQLFieldDefinition.Builder bound(String type, String name, Binding binding) {
        bindings.bind(type, name, binding);
        return GraphQLFieldDefinition.newFieldDefinition().name(name);
    }

    private static GraphQLFieldDefinition.Builder plain(String name, GraphQLOutputType type) {
        return GraphQLFieldDefinition.newFieldDefinition().name(name).type(type);
    }

    private void own(String type) {
        bindings.bind(type, new Binding.Root(object.name(), Binding.RootKind.LIST));
    }

    static GraphQLOutputType records(String object) {
        return GraphQLNonNull.nonNull(listOf(GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(object))));
    }

    static GraphQLOutputType page(String object) {
        return GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(TypeNames.connection(object)));
    }

    private static GraphQLList listOf(GraphQLType type) {
        return GraphQLList.list(type instanceof GraphQLNonNull ? type : GraphQLNonNull.nonNull(type));
    }

    private static String described(ObjectDefinition object) {
        return object.description() == null ? object.label() : object.label() + ": " + object.description();
    }

    static String described(FieldDefinition field) {
        return field.description() == null ? field.label() : field.label() + ": " + field.description();
    }
}
