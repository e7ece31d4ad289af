package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;

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
            case SelectionQuery.Root.Connection(String name, String object, PageSelection page) ->
                new SelectionQuery.Root.Connection(name, object, shape(page, 1));
            case SelectionQuery.Root.Groups(String name, String object, GroupSelection groups) ->
                new SelectionQuery.Root.Groups(name, object, shape(groups));
        };
    }

    private PageSelection shape(PageSelection page, int depth) {
        QueryLimits.checkSorts(page.orderBy().size());
        PageSelection.Window window = page.window();
        QueryLimits.checkLimit(window.last() ? "last" : "first", window.size());
        return new PageSelection(values.shape(page.where()), page.orderBy(),
                new PageSelection.Window(window.size(), window.last(), position(window.after()),
                        position(window.before())),
                page.parts().stream().map(part -> part.<Selection>with(selection -> shape(selection, depth)))
                        .toList());
    }

    private GroupSelection shape(GroupSelection groups) {
        QueryLimits.checkGroups(groups.groupBy().size(), groups.aggregations().size());
        QueryLimits.checkLimit("limit", groups.limit());
        return new GroupSelection(values.shape(groups.where()), groups.groupBy(), groups.aggregations(),
                groups.limit(), offset(groups.offset()), groups.all(), groups.parts());
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
            case Selection.Part.Connection(String name, String collection, PageSelection page) -> {
                relations++;
                yield new Selection.Part.Connection(name, collection, shape(page, depth + 1));
            }
            case Selection.Part.Groups(String name, String collection, GroupSelection groups) -> {
                QueryLimits.checkSelection(depth, ++relations, parts);
                yield new Selection.Part.Groups(name, collection, shape(groups));
            }
        };
    }

    private Range shape(Range range) {
        QueryLimits.check(range);
        return new Range(values.shape(range.where()), range.orderBy(), range.limit(), offset(range.offset()));
    }

    private Operand offset(Operand operand) {
        if (operand instanceof Operand.Literal(Integer offset)) {
            QueryLimits.checkOffset(offset);
        }
        return slot(operand);
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
