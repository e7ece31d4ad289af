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

    private static final Scalar.Parameter EARLIER = new Scalar.Parameter(Binding.Known.EARLIER_ROWS,
            new FieldType.Json("json", List.of()), false);

    private final Supplier<List<QueryRewriter>> rewriters;

    public ReadPlanner(List<QueryRewriter> rewriters) {
        this(() -> rewriters);
    }

    /** @param rewriters those that narrow reads at the moment; what is handed out must not change */
    public ReadPlanner(Supplier<List<QueryRewriter>> rewriters) {
        this.rewriters = rewriters;
    }

    /** Under what a plan may be kept and used again in the same catalog. */
    public Object key(Shape shape, Session session, Catalog catalog) {
        List<QueryRewriter> now = rewriters.get();
        if (now.isEmpty()) {
            return shape;
        }
        return new Key(shape, Narrowing.of(now, session, catalog));
    }

    /** The plan of a query by itself. */
    public ReadPlan plan(Shape shape, Session session, Catalog catalog) {
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
            case Shape shape -> plan(shape, session, catalog, List.of());
            default -> throw new IllegalArgumentException("no key of this planner");
        };
    }

    /** Under what {@link #before} may be kept and used again in the same catalog. */
    public Object keyBefore(Shape shape, Session session, Catalog catalog) {
        if (!(shape instanceof QueryShape query)) {
            throw new IllegalArgumentException("only a query of one object can be asked of records as they were");
        }
        return new KeyBefore(query, Narrowing.of(rewriters.get(), session, catalog));
    }

    /**
     * Which of some records a query would have found as they were, for every session with an equal key. The last value of the
     * query is a JSON list of <code>{"id","removed","row":{…}}</code>: the columns that were different, or all of them.
     *
     * @param key what {@link #keyBefore} has made for this session
     */
    public ReadPlan before(Object key, Session session, Catalog catalog) {
        if (!(key instanceof KeyBefore(QueryShape shape, Narrowing narrowing))) {
            throw new IllegalArgumentException("no key of this planner");
        }
        var rights = new ReadRights(catalog, session, narrowing.rewriters());
        ObjectDefinition object = rights.object(shape.query().object());
        rights.admit(object);
        var statement = new StatementScope(rights, object.name());
        var scope = new RowScope(statement, object, statement.source(object, EARLIER), false);
        List<RowCondition> conditions = conditions(shape, scope);
        return new ReadPlan(object.name(),
                new ReadPlan.Answer.Marked(RowRestriction.rows(scope, conditions), RowCondition.ALWAYS));
    }

    /** The values of a query and, behind them, records as they were. */
    public static QueryValues valuesBefore(QueryValues values, String rows) {
        var literals = new ArrayList<>(values.literals());
        literals.add(rows);
        return new QueryValues(literals, values.words(), 0, null, null);
    }

    private static ReadPlan plan(Shape shape, Session session, Catalog catalog, List<QueryRewriter> rewriters) {
        var rights = new ReadRights(catalog, session, rewriters);
        return switch (shape) {
            case QueryShape query -> plan(query, rights);
            case SelectionShape selection -> new SelectionPlanner(rights).plan(selection.query());
        };
    }

    private static ReadPlan plan(QueryShape shape, ReadRights rights) {
        ObjectDefinition object = object(shape.query().object(), rights.catalog());
        rights.admit(object);
        var statement = new StatementScope(rights, object.name());
        var scope = shape.bin()
                ? RowScope.ofBin(statement, object, false)
                : new RowScope(statement, object, false);
        return new ReadPlan(object.name(), answer(shape, scope));
    }

    static ObjectDefinition object(String name, Catalog catalog) {
        return catalog.object(name).orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND,
                "There is no object " + name));
    }

    private static ReadPlan.Answer answer(QueryShape shape, RowScope scope) {
        if (shape.single()) {
            return one(shape.query(), scope);
        }
        if (shape.stream()) {
            return stream(shape, scope);
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
        Listing listing = listing(shape, scope);
        return new ReadPlan.Answer.Page(listing, after(shape.cursor(), listing.order()),
                OrderPlanner.digest(scope.object().name(), query.orderBy()), query.count());
    }

    private static ReadPlan.Answer stream(QueryShape shape, RowScope scope) {
        return new ReadPlan.Answer.Stream(listing(shape, scope), shape.query().fields());
    }

    private static Listing listing(QueryShape shape, RowScope scope) {
        Query query = shape.query();
        List<RowCondition> conditions = conditions(shape, scope);
        List<OrderKey> order = OrderPlanner.plan(query.orderBy(), scope);
        RowScope shown = new RowScope(scope.statement(), scope.object(), scope.root(), false);
        Projection projection = new ProjectionPlanner(shown).plan(query.fields(), query.expand());
        return new Listing(RowRestriction.rows(scope, conditions), order, query.page().limit(), offset(shape),
                shown.joins(), projection);
    }

    private static ReadPlan.Answer groups(QueryShape shape, RowScope scope) {
        if (shape.cursor() != null) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "Groups are paged by offset, not by cursor");
        }
        Query query = shape.query();
        Grouped grouped = new GroupPlanner(query, scope).plan(conditions(shape, scope), offset(shape),
                false);
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

    private record Key(Shape shape, Narrowing narrowing) {}

    private record KeyBefore(QueryShape shape, Narrowing narrowing) {}
}
