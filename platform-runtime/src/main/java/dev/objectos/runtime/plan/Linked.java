package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of which some are wanted: all of an object's, or those that go with a row of another part of the statement.
 *
 * @param collection how the row names them; null: they are all of the object's
 * @param link what makes them go with it
 * @param usual their order where none is asked for; null: that of creation
 */
record Linked(RowScope rows, @Nullable String collection, List<RowCondition> link, @Nullable List<OrderKey> usual) {

    /** All records of the object that the scope is of. */
    static Linked all(RowScope rows) {
        return new Linked(rows, null, List.of(), null);
    }

    static Linked to(RowScope rows, String collection, RowCondition link, @Nullable List<OrderKey> usual) {
        return new Linked(rows, collection, List.of(link), usual);
    }

    /** What holds for those that are wanted. */
    List<RowCondition> conditions(Predicate where) {
        var conditions = new ArrayList<>(link);
        if (!where.equals(Predicate.ALWAYS)) {
            conditions.add(new ConditionPlanner(rows).plan(where));
        }
        return conditions;
    }

    /** The order that they are wanted in. */
    List<OrderKey> order(List<Sort> orderBy) {
        return usual != null && orderBy.isEmpty() ? usual : OrderPlanner.plan(orderBy, rows);
    }

    /** Tells that order from every other, for cursors. */
    String digest(List<Sort> orderBy) {
        String object = rows.object().name();
        return OrderPlanner.digest(usual != null && orderBy.isEmpty() ? object + " of " + collection : object, orderBy);
    }

    /** The same rows, as the part of the statement sees them that shows them. */
    RowScope shown() {
        return new RowScope(rows.statement(), rows.object(), rows.root(), false);
    }
}
