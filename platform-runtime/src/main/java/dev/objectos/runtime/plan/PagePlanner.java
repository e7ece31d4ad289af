package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.PagePart;
import dev.objectos.runtime.query.PageSelection;
import java.util.ArrayList;
import java.util.List;

/** Plans a page of records with its place among all of them. */
final class PagePlanner {

    private PagePlanner() {}

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
        List<PagePart<Projection>> parts = page.parts().stream()
                .map(part -> part.<Projection>with(selection -> new ProjectionPlanner(shown).plan(selection))).toList();
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
}
