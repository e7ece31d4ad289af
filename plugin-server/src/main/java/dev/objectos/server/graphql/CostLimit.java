package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;

/**
 * Refuses what could show more records than is sensible: each limit counts as if it were reached.
 *
 * @param most records
 */
record CostLimit(long most) {

    void check(SelectionQuery query) {
        long cost = 0;
        for (SelectionQuery.Root root : query.roots()) {
            cost = sum(cost, of(root));
        }
        if (cost > most) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "The operation could show more than " + most
                    + " records; give the collections that it nests a lower limit");
        }
    }

    private static long of(SelectionQuery.Root root) {
        return switch (root) {
            case SelectionQuery.Root.Text _ -> 0;
            case SelectionQuery.Root.One one -> within(one.selection());
            case SelectionQuery.Root.Several several ->
                times(several.range().limit(), within(several.selection()));
            case SelectionQuery.Root.Connection connection -> of(connection.page());
            case SelectionQuery.Root.Groups groups -> groups.groups().most();
        };
    }

    private static long of(PageSelection page) {
        long cost = 0;
        for (Selection selection : page.selections()) {
            cost = sum(cost, times(page.window().size(), within(selection)));
        }
        return cost;
    }

    /** One record with what is shown below it. */
    private static long within(Selection selection) {
        long cost = 1;
        for (Selection.Part part : selection.parts()) {
            cost = sum(cost, switch (part) {
                case Selection.Part.Value _,Selection.Part.Text _ -> 0;
                case Selection.Part.Lookup lookup -> within(lookup.selection());
                case Selection.Part.Members members -> times(members.range().limit(), within(members.selection()));
                case Selection.Part.Connection connection -> of(connection.page());
                case Selection.Part.Groups groups -> groups.groups().most();
            });
        }
        return cost;
    }

    private static long times(int limit, long cost) {
        return Math.max(0, limit) * Math.min(cost, Integer.MAX_VALUE);
    }

    private static long sum(long one, long other) {
        return Math.min(one + other, Long.MAX_VALUE / 4);
    }
}
