package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans several things that are read together. */
final class SelectionPlanner {

    private static final FieldType WHOLE = new FieldType.Whole(null, null);

    private final ReadRights rights;

    SelectionPlanner(ReadRights rights) {
        this.rights = rights;
    }

    ReadPlan plan(SelectionQuery query) {
        @Nullable
        StatementScope statement = null;
        var parts = new ArrayList<ReadPlan.Answer.Composed.Part>();
        for (SelectionQuery.Root root : query.roots()) {
            if (root instanceof SelectionQuery.Root.Text(String member, String text)) {
                parts.add(new ReadPlan.Answer.Composed.Part.Text(member, text));
                continue;
            }
            String name = Objects.requireNonNull(root.object());
            ObjectDefinition object = ReadPlanner.object(name, rights.catalog());
            rights.admit(object);
            if (statement == null) {
                statement = new StatementScope(rights, object.name());
            }
            parts.add(part(root, new RowScope(statement, object, false)));
        }
        return new ReadPlan(statement == null ? "" : statement.object(), new ReadPlan.Answer.Composed(parts));
    }

    private static ReadPlan.Answer.Composed.Part part(SelectionQuery.Root root, RowScope scope) {
        return switch (root) {
            case SelectionQuery.Root.Text(String name, String text) ->
                new ReadPlan.Answer.Composed.Part.Text(name, text);
            case SelectionQuery.Root.One one -> one(one, scope);
            case SelectionQuery.Root.Several several -> new ReadPlan.Answer.Composed.Part.Several(several.name(),
                    listing(several.range(), several.selection(), scope, List.of(), null));
            case SelectionQuery.Root.Connection connection ->
                new ReadPlan.Answer.Composed.Part.Connection(connection.name(), connected(connection, scope));
            case SelectionQuery.Root.Groups groups -> groups(groups, scope);
        };
    }

    private static ReadPlan.Answer.Composed.Part one(SelectionQuery.Root.One one, RowScope scope) {
        Projection projection = new ProjectionPlanner(scope).plan(one.selection());
        RowCondition wanted = new RowCondition.Compare(scope.root().id(), RowCondition.Comparator.EQUAL,
                new Scalar.Parameter(new Binding.Literal(raw(one.id()), new FieldType.Id(), "id"), new FieldType.Id(),
                        false));
        return new ReadPlan.Answer.Composed.Part.One(one.name(), RowRestriction.rows(scope, List.of(wanted)),
                projection);
    }

    /**
     * @param link what else holds for the rows
     * @param usual the order where none is asked for; null: that of creation
     */
    static Listing listing(Range range, Selection selection, RowScope rows, List<RowCondition> link,
            @Nullable List<OrderKey> usual) {
        var conditions = new ArrayList<>(link);
        condition(range.where(), rows, conditions);
        List<OrderKey> order = usual != null && range.orderBy().isEmpty()
                ? usual
                : OrderPlanner.plan(range.orderBy(), rows);
        RowScope shown = shown(rows);
        Projection projection = new ProjectionPlanner(shown).plan(selection);
        return new Listing(RowRestriction.rows(rows, conditions), order, range.limit(), offset(range.offset()),
                shown.joins(), projection);
    }

    private static Connected connected(SelectionQuery.Root.Connection connection, RowScope scope) {
        var conditions = new ArrayList<RowCondition>();
        condition(connection.where(), scope, conditions);
        List<OrderKey> asked = OrderPlanner.plan(connection.orderBy(), scope);
        List<OrderKey> reverse = asked.stream()
                .map(key -> new OrderKey(key.value(), !key.descending(), key.nullable())).toList();
        String digest = OrderPlanner.digest(scope.object().name(), connection.orderBy());
        SelectionQuery.Window window = connection.window();
        var bounds = new ArrayList<RowCondition.After>();
        bound(window.after(), asked, digest, bounds);
        bound(window.before(), reverse, digest, bounds);
        boolean entered = !(window.last() ? window.before() : window.after()).equals(new Operand.None());
        RowScope shown = shown(scope);
        List<Connected.Part> parts = connection.parts().stream().map(part -> part(part, shown)).toList();
        return new Connected(RowRestriction.rows(scope, conditions), window.last() ? reverse : asked, bounds,
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

    private static Connected.Part part(SelectionQuery.ConnectionPart part, RowScope shown) {
        return switch (part) {
            case SelectionQuery.ConnectionPart.Text(String name, String text) -> new Connected.Part.Text(name, text);
            case SelectionQuery.ConnectionPart.Total(String name) -> new Connected.Part.Total(name);
            case SelectionQuery.ConnectionPart.PageInfo(String name, var facts) ->
                new Connected.Part.PageInfo(name, facts);
            case SelectionQuery.ConnectionPart.Nodes(String name, Selection selection) ->
                new Connected.Part.Nodes(name, new ProjectionPlanner(shown).plan(selection));
            case SelectionQuery.ConnectionPart.Edges(String name, var edge) ->
                new Connected.Part.Edges(name, edge.stream().map(member -> edge(member, shown)).toList());
        };
    }

    private static Connected.Edge edge(SelectionQuery.EdgePart part, RowScope shown) {
        return switch (part) {
            case SelectionQuery.EdgePart.Text(String name, String text) -> new Connected.Edge.Text(name, text);
            case SelectionQuery.EdgePart.Cursor(String name) -> new Connected.Edge.Cursor(name);
            case SelectionQuery.EdgePart.Node(String name, Selection selection) ->
                new Connected.Edge.Node(name, new ProjectionPlanner(shown).plan(selection));
        };
    }

    private static ReadPlan.Answer.Composed.Part groups(SelectionQuery.Root.Groups groups, RowScope scope) {
        var conditions = new ArrayList<RowCondition>();
        condition(groups.where(), scope, conditions);
        Query query = new Query(groups.object(), List.of(), groups.where(), List.of(), Page.first(groups.limit()),
                List.of(), groups.groupBy(), groups.aggregations(), Predicate.ALWAYS, null, false);
        return new ReadPlan.Answer.Composed.Part.Groups(groups.name(),
                new GroupPlanner(query, scope).plan(conditions, null), groups.shown());
    }

    private static void condition(Predicate where, RowScope scope, List<RowCondition> conditions) {
        if (!where.equals(Predicate.ALWAYS)) {
            conditions.add(new ConditionPlanner(scope).plan(where));
        }
    }

    /** The same rows, as the part of the statement sees them that shows them. */
    private static RowScope shown(RowScope rows) {
        return new RowScope(rows.statement(), rows.object(), rows.root(), false);
    }

    private static Scalar.@Nullable Parameter offset(Operand offset) {
        return offset instanceof Operand.None
                ? null
                : new Scalar.Parameter(new Binding.Literal(raw(offset), WHOLE, "offset"), WHOLE, false);
    }

    private static RawValue raw(Operand operand) {
        if (operand instanceof Operand.Literal(RawValue value)) {
            return value;
        }
        throw new PlatformException(RuntimeError.INVALID_QUERY, "A value is missing");
    }
}
