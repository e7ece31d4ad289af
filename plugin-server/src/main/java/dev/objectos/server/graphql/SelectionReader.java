package dev.objectos.server.graphql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.server.graphql.schema.Binding;
import dev.objectos.server.graphql.schema.Bindings;
import graphql.execution.MergedField;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what an operation asks for into a query of the data API. */
final class SelectionReader {

    private static final String TYPE_NAME = "__typename";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final Fields fields;
    private final Catalog catalog;
    private final Bindings bindings;

    SelectionReader(Fields fields, Catalog catalog, Bindings bindings) {
        this.fields = fields;
        this.catalog = catalog;
        this.bindings = bindings;
    }

    /** A field of the root type of queries. */
    SelectionQuery.Root root(GraphQLObjectType type, MergedField field) {
        String key = field.getResultKey();
        if (field.getName().equals(TYPE_NAME)) {
            return new SelectionQuery.Root.Text(key, type.getName());
        }
        if (!(bindings.of(type.getName(), field.getName()) instanceof Binding.Root root)) {
            throw new IllegalStateException("nothing is bound to " + field.getName());
        }
        Arguments arguments = fields.arguments(type, field);
        ObjectDefinition object = object(root.object());
        return switch (root.kind()) {
            case LIST -> new SelectionQuery.Root.Several(key, object.name(), range(object, arguments),
                    selection(object, field));
            case ONE -> one(key, object, Objects.requireNonNull(arguments.text("id")), field);
            case CONNECTION ->
                new SelectionQuery.Root.Connection(key, object.name(), page(object, arguments, field));
            case AGGREGATE -> new SelectionQuery.Root.Groups(key, object.name(), groups(object, arguments, field));
        };
    }

    /** A text that is no id is that of no record. */
    SelectionQuery.Root.One one(String key, ObjectDefinition object, String id, MergedField field) {
        Selection selection = selection(object, field);
        return new SelectionQuery.Root.One(key, object.name(),
                new Operand.Literal(FieldValues.isId(id) ? id : NOBODY), selection);
    }

    /** What is shown of records of an object. */
    Selection selection(ObjectDefinition object, MergedField parent) {
        GraphQLObjectType type = fields.type(object.name());
        var parts = new ArrayList<Selection.Part>();
        for (MergedField field : fields.of(type, parent)) {
            parts.add(part(type, field));
        }
        return new Selection(parts);
    }

    private Selection.Part part(GraphQLObjectType type, MergedField field) {
        String key = field.getResultKey();
        if (field.getName().equals(TYPE_NAME)) {
            return new Selection.Part.Text(key, type.getName());
        }
        return switch (bindings.of(type.getName(), field.getName())) {
            case Binding.Value value -> new Selection.Part.Value(key, value.field());
            case Binding.Lookup lookup ->
                new Selection.Part.Lookup(key, lookup.field(), selection(object(lookup.target()), field));
            case Binding.Members members -> {
                ObjectDefinition object = object(members.target());
                yield new Selection.Part.Members(key, members.collection(),
                        range(object, fields.arguments(type, field)), selection(object, field));
            }
            case Binding.MembersPage(Binding.Members members) -> new Selection.Part.Connection(key,
                    members.collection(), page(object(members.target()), fields.arguments(type, field), field));
            case Binding.MembersGroups(Binding.Members members) -> new Selection.Part.Groups(key,
                    members.collection(), groups(object(members.target()), fields.arguments(type, field), field));
            case null, default -> throw new IllegalStateException("nothing is bound to " + field.getName());
        };
    }

    private PageSelection page(ObjectDefinition object, Arguments arguments, MergedField field) {
        return new ConnectionReader(fields, this).read(object, arguments, field);
    }

    private GroupSelection groups(ObjectDefinition object, Arguments arguments, MergedField field) {
        return new AggregateReader(fields, where(object)).read(object, arguments, field);
    }

    private Range range(ObjectDefinition object, Arguments arguments) {
        WhereReader reader = where(object);
        Integer limit = arguments.whole("limit");
        return new Range(reader.where(arguments.value("where")), reader.orderBy(arguments.written("order_by")),
                limit == null ? Page.DEFAULT : limit, arguments.offset());
    }

    WhereReader where(ObjectDefinition object) {
        return new WhereReader(bindings, catalog, object);
    }

    ObjectDefinition object(String name) {
        return catalog.object(name).orElseThrow();
    }

    /** The name of the type where that is what is asked for; null: something else is. */
    static @Nullable String typeName(MergedField field, GraphQLObjectType type) {
        return field.getName().equals(TYPE_NAME) ? type.getName() : null;
    }
}
