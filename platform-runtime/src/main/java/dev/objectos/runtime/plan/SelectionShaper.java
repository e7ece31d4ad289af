package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import java.util.List;

/** Takes the values out of one selection query, and refuses what is larger than any statement should be. */
final class SelectionShaper {

    private final QueryShaper values = new QueryShaper();
    private int relations;
    private int parts;

    ShapedQuery shape(SelectionQuery query) {
        var roots = query.roots().stream().map(this::shape).toList();
        return new ShapedQuery(new SelectionShape(new SelectionQuery(roots)), values.values());
    }

    private SelectionQuery.Root shape(SelectionQuery.Root root) {
        QueryLimits.checkSelection(0, ++relations, parts);
        return switch (root) {
            case SelectionQuery.Root.Text text -> text;
            case SelectionQuery.Root.One one ->
                new SelectionQuery.Root.One(one.name(), one.object(), slot(one.id()), shape(one.selection(), 1));
            case SelectionQuery.Root.Several several -> new SelectionQuery.Root.Several(several.name(),
                    several.object(), shape(several.range()), shape(several.selection(), 1));
            case SelectionQuery.Root.Connection connection -> shape(connection);
            case SelectionQuery.Root.Groups groups -> {
                QueryLimits.checkGroups(groups.groupBy().size(), groups.aggregations().size());
                QueryLimits.checkLimit("limit", groups.limit());
                yield new SelectionQuery.Root.Groups(groups.name(), groups.object(), values.shape(groups.where()),
                        groups.groupBy(), groups.aggregations(), groups.limit(), groups.shown());
            }
        };
    }

    private SelectionQuery.Root shape(SelectionQuery.Root.Connection connection) {
        QueryLimits.checkSorts(connection.orderBy().size());
        SelectionQuery.Window window = connection.window();
        QueryLimits.checkLimit(window.last() ? "last" : "first", window.size());
        List<SelectionQuery.ConnectionPart> shown = connection.parts().stream().map(this::shape).toList();
        return new SelectionQuery.Root.Connection(connection.name(), connection.object(),
                values.shape(connection.where()), connection.orderBy(), new SelectionQuery.Window(window.size(),
                        window.last(), position(window.after()), position(window.before())),
                shown);
    }

    private SelectionQuery.ConnectionPart shape(SelectionQuery.ConnectionPart part) {
        return switch (part) {
            case SelectionQuery.ConnectionPart.Text _,SelectionQuery.ConnectionPart.Total _,SelectionQuery.ConnectionPart.PageInfo _ ->
                part;
            case SelectionQuery.ConnectionPart.Nodes(String name, Selection selection) ->
                new SelectionQuery.ConnectionPart.Nodes(name, shape(selection, 1));
            case SelectionQuery.ConnectionPart.Edges(String name, var edge) ->
                new SelectionQuery.ConnectionPart.Edges(name, edge.stream().map(this::shape).toList());
        };
    }

    private SelectionQuery.EdgePart shape(SelectionQuery.EdgePart part) {
        return switch (part) {
            case SelectionQuery.EdgePart.Text _,SelectionQuery.EdgePart.Cursor _ -> part;
            case SelectionQuery.EdgePart.Node(String name, Selection selection) ->
                new SelectionQuery.EdgePart.Node(name, shape(selection, 1));
        };
    }

    private Selection shape(Selection selection, int depth) {
        parts += selection.parts().size();
        QueryLimits.checkSelection(depth, relations, parts);
        return new Selection(selection.parts().stream().map(part -> shape(part, depth)).toList());
    }

    private Selection.Part shape(Selection.Part part, int depth) {
        return switch (part) {
            case Selection.Part.Value _,Selection.Part.Text _ -> part;
            case Selection.Part.Lookup lookup -> {
                relations++;
                yield new Selection.Part.Lookup(lookup.name(), lookup.field(), shape(lookup.selection(), depth + 1));
            }
            case Selection.Part.Members members -> {
                relations++;
                yield new Selection.Part.Members(members.name(), members.collection(), shape(members.range()),
                        shape(members.selection(), depth + 1));
            }
        };
    }

    private Range shape(Range range) {
        QueryLimits.check(range);
        if (range.offset() instanceof Operand.Literal(Integer offset)) {
            QueryLimits.checkOffset(offset);
        }
        return new Range(values.shape(range.where()), range.orderBy(), range.limit(), slot(range.offset()));
    }

    private Operand slot(Operand operand) {
        return operand instanceof Operand.Literal(Object value)
                ? new Operand.Literal(new RawValue.Slot(values.keep(value), false))
                : operand;
    }

    private Operand position(Operand operand) {
        if (!(operand instanceof Operand.Literal(Object value))) {
            return operand;
        }
        if (!(value instanceof String text)) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "A cursor is a text that an answer gave");
        }
        Cursor cursor = Cursor.decode(text);
        return new Operand.Literal(new RawValue.Position(values.keep(cursor), cursor.nulls()));
    }
}
