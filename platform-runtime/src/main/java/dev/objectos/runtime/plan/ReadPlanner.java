package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the shape of a query into a plan: resolves every name, adds the tenant and what the rewriters say to every table,
 * and refuses what does not exist or may not be seen, in the same words.
 */
public final class ReadPlanner {

    private static final FieldType WHOLE = new FieldType.Whole(null, null);

    private final Supplier<List<QueryRewriter>> rewriters;

    public ReadPlanner(List<QueryRewriter> rewriters) {
        this(() -> rewriters);
    }

    /** @param rewriters those that narrow reads at the moment; what is handed out must not change */
    public ReadPlanner(Supplier<List<QueryRewriter>> rewriters) {
        this.rewriters = rewriters;
    }

    /** Under what a plan may be kept and used again in the same catalog. */
    public Object key(QueryShape shape, Session session, Catalog catalog) {
        List<QueryRewriter> now = rewriters.get();
        if (now.isEmpty()) {
            return shape;
        }
        return new Key(shape, Narrowing.of(now, session, catalog));
    }

    /** The plan of a query by itself. */
    public ReadPlan plan(QueryShape shape, Session session, Catalog catalog) {
        return plan(key(shape, session, catalog), session, catalog);
    }

    /**
     * The plan for every session with an equal key.
     *
     * @param key what {@link #key} has made for this session: whoever narrows reads now, those of the key make the plan
     */
    public ReadPlan plan(Object key, Session session, Catalog catalog) {
        return switch (key) {
            case Key known -> plan(known.shape(), session, catalog, known.narrowing().rewriters());
            case QueryShape shape -> plan(shape, session, catalog, List.of());
            default -> throw new IllegalArgumentException("no key of this planner");
        };
    }

    private static ReadPlan plan(QueryShape shape, Session session, Catalog catalog, List<QueryRewriter> rewriters) {
        Query query = shape.query();
        ObjectDefinition object = catalog.object(query.object())
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND,
                        "There is no object " + query.object()));
        var rights = new ReadRights(catalog, session, rewriters);
        rights.admit(object);
        var statement = new StatementScope(rights, object.name());
        var scope = shape.bin()
                ? RowScope.ofBin(statement, object, false)
                : new RowScope(statement, object, false);
        return new ReadPlan(object.name(), answer(shape, scope));
    }

    private static ReadPlan.Answer answer(QueryShape shape, RowScope scope) {
        if (shape.single()) {
            return one(shape.query(), scope);
        }
        if (shape.query().grouped()) {
            return groups(shape, scope);
        }
        return page(shape, scope);
    }

    private static ReadPlan.Answer one(Query query, RowScope scope) {
        Projection projection = new ProjectionPlanner(scope).plan(query.fields(), query.expand());
        RowCondition wanted = new RowCondition.Compare(scope.root().id(), RowCondition.Comparator.EQUAL,
                new Scalar.Parameter(Binding.Known.RECORD_ID, new FieldType.Id(), false));
        return new ReadPlan.Answer.One(RowRestriction.rows(scope, List.of(wanted)),
                scope.root().column("version", WHOLE), projection);
    }

    private static ReadPlan.Answer page(QueryShape shape, RowScope scope) {
        Query query = shape.query();
        if (!query.having().equals(Predicate.ALWAYS)) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "having needs groupBy or aggregations; use where to filter records");
        }
        List<RowCondition> conditions = conditions(shape, scope);
        List<OrderKey> order = OrderPlanner.plan(query.orderBy(), scope);
        RowScope shown = new RowScope(scope.statement(), scope.object(), scope.root(), false);
        Projection projection = new ProjectionPlanner(shown).plan(query.fields(), query.expand());
        var listing = new Listing(RowRestriction.rows(scope, conditions), order, query.page().limit(), offset(shape),
                shown.joins(), projection);
        return new ReadPlan.Answer.Page(listing, after(shape.cursor(), order),
                OrderPlanner.digest(scope.object().name(), query.orderBy()), query.count());
    }

    private static ReadPlan.Answer groups(QueryShape shape, RowScope scope) {
        if (shape.cursor() != null) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "Groups are paged by offset, not by cursor");
        }
        Query query = shape.query();
        Grouped grouped = new GroupPlanner(query, scope).plan(conditions(shape, scope), offset(shape));
        return new ReadPlan.Answer.Groups(grouped, query.count());
    }

    private static List<RowCondition> conditions(QueryShape shape, RowScope scope) {
        var conditions = new ArrayList<RowCondition>();
        if (!shape.query().where().equals(Predicate.ALWAYS)) {
            conditions.add(new ConditionPlanner(scope).plan(shape.query().where()));
        }
        conditions.addAll(SearchPlanner.plan(shape.words(), scope));
        return conditions;
    }

    private static RowCondition.@Nullable After after(@Nullable List<Boolean> nulls, List<OrderKey> order) {
        if (nulls == null) {
            return null;
        }
        if (nulls.size() != order.size()) {
            throw Cursor.otherOrder();
        }
        var place = new ArrayList<Scalar.Parameter>();
        for (int i = 0; i < order.size(); i++) {
            place.add(new Scalar.Parameter(new Binding.CursorKey(i), order.get(i).value().type(), false));
        }
        return new RowCondition.After(order, nulls, place);
    }

    private static Scalar.@Nullable Parameter offset(QueryShape shape) {
        return shape.offset() ? new Scalar.Parameter(Binding.Known.OFFSET, WHOLE, false) : null;
    }

    private record Key(QueryShape shape, Narrowing narrowing) {}
}
