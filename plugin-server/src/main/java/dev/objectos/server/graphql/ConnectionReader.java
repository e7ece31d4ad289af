package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.PagePart;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Selection;
import dev.objectos.server.graphql.schema.TypeNames;
import graphql.execution.MergedField;
import graphql.schema.GraphQLObjectType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a page of records with its place among all of them (Relay's cursor connections specification). */
final class ConnectionReader {

    private final Fields fields;
    private final SelectionReader selections;

    ConnectionReader(Fields fields, SelectionReader selections) {
        this.fields = fields;
        this.selections = selections;
    }

    PageSelection read(ObjectDefinition object, Arguments arguments, MergedField field) {
        WhereReader reader = selections.where(object);
        GraphQLObjectType type = fields.type(TypeNames.connection(object.name()));
        List<PagePart<Selection>> parts = fields.of(type, field).stream().map(part -> part(object, type, part))
                .toList();
        return new PageSelection(reader.where(arguments.value("where")),
                reader.orderBy(arguments.written("order_by")), window(arguments), parts);
    }

    private static PageSelection.Window window(Arguments arguments) {
        Integer first = arguments.whole("first");
        Integer last = arguments.whole("last");
        if (first != null && last != null) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "A page takes first or last, not both");
        }
        int size = first != null ? first : last != null ? last : Page.DEFAULT;
        return new PageSelection.Window(size, last != null, cursor(arguments.text("after")),
                cursor(arguments.text("before")));
    }

    private static Operand cursor(@Nullable String cursor) {
        return cursor == null ? new Operand.None() : new Operand.Literal(cursor);
    }

    private PagePart<Selection> part(ObjectDefinition object, GraphQLObjectType type, MergedField field) {
        String key = field.getResultKey();
        return switch (field.getName()) {
            case "edges" -> {
                GraphQLObjectType edge = fields.type(TypeNames.edge(object.name()));
                yield new PagePart.Edges<>(key,
                        fields.of(edge, field).stream().map(part -> edge(object, edge, part)).toList());
            }
            case "nodes" -> new PagePart.Nodes<>(key, selections.selection(object, field));
            case "totalCount" -> new PagePart.Total<>(key);
            case "pageInfo" -> {
                GraphQLObjectType info = fields.type(TypeNames.PAGE_INFO);
                yield new PagePart.PageInfo<>(key,
                        fields.of(info, field).stream().map(fact -> fact(info, fact)).toList());
            }
            default -> new PagePart.Text<>(key, type.getName());
        };
    }

    private PagePart.Edge<Selection> edge(ObjectDefinition object, GraphQLObjectType type, MergedField field) {
        String key = field.getResultKey();
        return switch (field.getName()) {
            case "cursor" -> new PagePart.Edge.Cursor<>(key);
            case "node" -> new PagePart.Edge.Node<>(key, selections.selection(object, field));
            default -> new PagePart.Edge.Text<>(key, type.getName());
        };
    }

    private static PagePart.Fact fact(GraphQLObjectType type, MergedField field) {
        String key = field.getResultKey();
        return switch (field.getName()) {
            case "hasNextPage" -> new PagePart.Fact.More(key, true);
            case "hasPreviousPage" -> new PagePart.Fact.More(key, false);
            case "startCursor" -> new PagePart.Fact.End(key, true);
            case "endCursor" -> new PagePart.Fact.End(key, false);
            default -> new PagePart.Fact.Text(key, type.getName());
        };
    }
}
