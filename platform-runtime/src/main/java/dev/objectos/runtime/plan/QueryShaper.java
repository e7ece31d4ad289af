package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the values out of one query, and refuses what is larger than any statement should be. */
final class QueryShaper {

    private static final Page SHAPE_OF_PAGES = Page.first(1);

    private final List<Object> literals = new ArrayList<>();
    private int nodes;
    private int expansions;

    ShapedQuery shape(Query query) {
        QueryLimits.check(query);
        Page page = query.page();
        Integer offset = page.offset();
        Cursor cursor = page.cursor() == null ? null : Cursor.decode(page.cursor());
        List<String> words = query.search() == null ? List.of() : SearchWords.of(query.search());
        Query bare = new Query(query.object(), query.fields(), shape(query.where(), 0), query.orderBy(),
                Page.first(page.limit()), shape(query.expand(), 1), query.groupBy(), query.aggregations(),
                shape(query.having(), 0), null, query.count());
        return new ShapedQuery(
                new QueryShape(bare, false, false, offset != null, words.size(),
                        cursor == null ? null : cursor.nulls()),
                new QueryValues(literals, words, offset == null ? 0 : offset, cursor, null));
    }

    ShapedQuery stream(Query query) {
        QueryLimits.checkStream(query);
        Integer offset = query.page().offset();
        List<String> words = query.search() == null ? List.of() : SearchWords.of(query.search());
        Query bare = new Query(query.object(), query.fields(), shape(query.where(), 0), query.orderBy(),
                Page.first(query.page().limit()), shape(query.expand(), 1), List.of(), List.of(), Predicate.ALWAYS,
                null, false);
        return new ShapedQuery(new QueryShape(bare, false, true, offset != null, words.size(), null),
                new QueryValues(literals, words, offset == null ? 0 : offset, null, null));
    }

    ShapedQuery shape(RecordQuery query) {
        QueryLimits.checkFields(query.fields().size());
        Query bare = new Query(query.object(), query.fields(), Predicate.ALWAYS, List.of(), SHAPE_OF_PAGES,
                shape(query.expand(), 1), List.of(), List.of(), Predicate.ALWAYS, null, false);
        return new ShapedQuery(new QueryShape(bare, true, false, false, 0, null),
                new QueryValues(literals, List.of(), 0, null, query.id()));
    }

    private List<Expansion> shape(List<Expansion> expand, int depth) {
        if (expand.isEmpty()) {
            return expand;
        }
        expansions += expand.size();
        QueryLimits.checkExpansions(depth, expansions);
        var shaped = new ArrayList<Expansion>(expand.size());
        for (Expansion expansion : expand) {
            QueryLimits.check(expansion);
            shaped.add(new Expansion(expansion.name(), expansion.fields(), shape(expansion.expand(), depth + 1),
                    shape(expansion.where(), 0), expansion.orderBy(), expansion.limit(), expansion.offset()));
        }
        return shaped;
    }

    private Predicate shape(Predicate predicate, int depth) {
        QueryLimits.checkPredicate(depth, ++nodes);
        return switch (predicate) {
            case Predicate.And(List<Predicate> terms) when terms.isEmpty() -> predicate;
            case Predicate.And(List<Predicate> terms) -> new Predicate.And(shapeAll(terms, depth + 1));
            case Predicate.Or(List<Predicate> terms) -> new Predicate.Or(shapeAll(terms, depth + 1));
            case Predicate.Not(Predicate term) -> new Predicate.Not(shape(term, depth + 1));
            case Predicate.Comparison comparison -> new Predicate.Comparison(comparison.field(), comparison.operator(),
                    shape(comparison));
        };
    }

    private List<Predicate> shapeAll(List<Predicate> terms, int depth) {
        var shaped = new ArrayList<Predicate>(terms.size());
        for (Predicate term : terms) {
            shaped.add(shape(term, depth));
        }
        return shaped;
    }

    private Operand shape(Predicate.Comparison comparison) {
        return switch (comparison.operand()) {
            case Operand.None none -> none;
            case Operand.Field field -> field;
            case Operand.Literal(Object value) -> new Operand.Literal(slot(value));
            case Operand.DateMacro macro -> new Operand.Literal(slot(macro));
            case Operand.Literals(List<Object> values) when comparison.operator() == Operator.BETWEEN -> {
                if (values.size() != 2) {
                    throw new PlatformException(RuntimeError.INVALID_FILTER,
                            comparison.field() + " between takes two values, the lowest and the highest");
                }
                yield new Operand.Literals(List.of(slot(values.getFirst()), slot(values.getLast())));
            }
            case Operand.Literals(List<Object> values) -> {
                QueryLimits.checkList(comparison.field(), values.size());
                yield new Operand.Literal(slot(values));
            }
        };
    }

    private RawValue.Slot slot(@Nullable Object value) {
        if (value == null) {
            throw new PlatformException(RuntimeError.INVALID_FILTER,
                    "A null among the values of a filter matches nothing; use $null");
        }
        literals.add(value);
        return new RawValue.Slot(literals.size() - 1, value instanceof Operand.DateMacro);
    }
}
