package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.GroupSelection;
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
                    listing(several.range(), several.selection(), Linked.all(scope)));
            case SelectionQuery.Root.Connection connection -> new ReadPlan.Answer.Composed.Part.Connection(
                    connection.name(), PagePlanner.plan(connection.page(), Linked.all(scope)));
            case SelectionQuery.Root.Groups(String name, String _, GroupSelection groups) ->
                new ReadPlan.Answer.Composed.Part.Groups(name, groups(groups, Linked.all(scope)), groups.parts());
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

    static Listing listing(Range range, Selection selection, Linked linked) {
        List<RowCondition> conditions = linked.conditions(range.where());
        List<OrderKey> order = linked.order(range.orderBy());
        RowScope shown = linked.shown();
        Projection projection = new ProjectionPlanner(shown).plan(selection);
        return new Listing(RowRestriction.rows(linked.rows(), conditions), order, range.limit(),
                offset(range.offset()), shown.joins(), projection);
    }

    static Grouped groups(GroupSelection groups, Linked linked) {
        List<RowCondition> conditions = linked.conditions(groups.where());
        Query query = new Query(linked.rows().object().name(), List.of(), groups.where(), List.of(),
                Page.first(groups.limit()), List.of(), groups.groupBy(), groups.aggregations(), Predicate.ALWAYS,
                null, false);
        return new GroupPlanner(query, linked.rows()).plan(conditions, offset(groups.offset()), groups.all());
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
