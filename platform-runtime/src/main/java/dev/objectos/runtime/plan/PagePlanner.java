package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Selection;
import java.util.ArrayList;
import java.util.List;

/** Plans a page of records with its place among all of them. */
final class PagePlanner {

    private final RowScope shown;

    private PagePlanner(RowScope shown) {
        this.shown = shown;
    }

    static Connected plan(PageSelection page, Linked linked) {
        RowScope rows = linked.rows();
        List<RowCondition> conditions = linked.conditions(page.where());
        List<OrderKey> asked = linked.order(page.orderBy());
        List<OrderKey> reverse = asked.stream()
                .map(key -> new OrderKey(key.value(), !key.descending(), key.nullable())).toList();
        String digest = linked.digest(page.orderBy());
        PageSelection.Window window = page.window();
        var bounds = new ArrayList<RowCondition.After>();
        bound(window.after(), asked, digest, bounds);
        bound(window.before(), reverse, digest, bounds);
        boolean entered = !(window.last() ? window.before() : window.after()).equals(new Operand.None());
        RowScope shown = linked.shown();
        var planner = new PagePlanner(shown);
        List<Connected.Part> parts = page.parts().stream().map(planner::part).toList();
        return new Connected(RowRestriction.rows(rows, conditions), window.last() ? reverse : asked, bounds,
                window.size(), window.last(), entered, digest, shown.joins(), parts);
    }

    private static void bound(Operand cursor, List<OrderKey> order, String digest, List<RowCondition.After> bounds) {
        if (!(cursor instanceof Operand.Literal(RawValue.Position position))) {
            return;
        }
        if (position.nulls().size() != order.size()) {
            throw Cursor.otherOrder();
        }
        var place = new ArrayList<Scalar.Parameter>();
        for (int i = 0; i < order.size(); i++) {
            place.add(new Scalar.Parameter(new Binding.KeyOfCursor(position, i, digest), order.get(i).value().type(),
                    false));
        }
        bounds.add(new RowCondition.After(order, position.nulls(), place));
    }

    private Connected.Part part(PageSelection.Part part) {
        return switch (part) {
            case PageSelection.Part.Text(String name, String text) -> new Connected.Part.Text(name, text);
            case PageSelection.Part.Total(String name) -> new Connected.Part.Total(name);
            case PageSelection.Part.PageInfo(String name, var facts) -> new Connected.Part.PageInfo(name, facts);
            case PageSelection.Part.Nodes(String name, Selection selection) ->
                new Connected.Part.Nodes(name, new ProjectionPlanner(shown).plan(selection));
            case PageSelection.Part.Edges(String name, var edge) ->
                new Connected.Part.Edges(name, edge.stream().map(this::edge).toList());
        };
    }

    private Connected.Edge edge(PageSelection.Edge part) {
        return switch (part) {
            case PageSelection.Edge.Text(String name, String text) -> new Connected.Edge.Text(name, text);
            case PageSelection.Edge.Cursor(String name) -> new Connected.Edge.Cursor(name);
            case PageSelection.Edge.Node(String name, Selection selection) ->
                new Connected.Edge.Node(name, new ProjectionPlanner(shown).plan(selection));
        };
    }
}
