package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Queries in few words, for tests. */
public final class TestingQuery {

    private final String object;
    private List<FieldPath> fields = List.of();
    private Predicate where = Predicate.ALWAYS;
    private List<Sort> orderBy = List.of();
    private int limit = Page.DEFAULT;
    private @Nullable Integer offset;
    private @Nullable String cursor;
    private List<Expansion> expand = List.of();
    private final List<Grouping> groupBy = new ArrayList<>();
    private final List<Aggregation> aggregations = new ArrayList<>();
    private Predicate having = Predicate.ALWAYS;
    private @Nullable String search;
    private boolean count;

    private TestingQuery(String object) {
        this.object = object;
    }

    public static TestingQuery of(String object) {
        return new TestingQuery(object);
    }

    public TestingQuery fields(String... paths) {
        fields = Stream.of(paths).map(FieldPath::parse).toList();
        return this;
    }

    public TestingQuery where(Predicate predicate) {
        where = predicate;
        return this;
    }

    public TestingQuery where(String field, Operator operator, Object value) {
        return where(compare(field, operator, value));
    }

    /** {@code -field} is descending. */
    public TestingQuery sort(String... keys) {
        orderBy = sorts(keys);
        return this;
    }

    public TestingQuery limit(int most) {
        limit = most;
        return this;
    }

    public TestingQuery offset(int skipped) {
        offset = skipped;
        return this;
    }

    public TestingQuery cursor(@Nullable String place) {
        cursor = place;
        return this;
    }

    public TestingQuery expand(Expansion... expansions) {
        expand = List.of(expansions);
        return this;
    }

    public TestingQuery groupBy(String field) {
        groupBy.add(new Grouping(FieldPath.parse(field), null, field));
        return this;
    }

    public TestingQuery groupBy(String field, Grouping.Granularity granularity, String alias) {
        groupBy.add(new Grouping(FieldPath.parse(field), granularity, alias));
        return this;
    }

    public TestingQuery aggregate(Aggregation.Function function, @Nullable String field, String alias) {
        aggregations.add(new Aggregation(function, field == null ? null : FieldPath.parse(field), alias));
        return this;
    }

    public TestingQuery having(String alias, Operator operator, Object value) {
        having = compare(alias, operator, value);
        return this;
    }

    public TestingQuery search(String words) {
        search = words;
        return this;
    }

    public TestingQuery count() {
        count = true;
        return this;
    }

    public Query build() {
        return new Query(object, fields, where, orderBy, new Page(limit, offset, cursor), expand, groupBy, aggregations,
                having, search, count);
    }

    /** A list is {@link Operand.Literals}; an {@link Operand} is itself. */
    public static Predicate compare(String field, Operator operator, Object value) {
        Operand operand = switch (value) {
            case Operand given -> given;
            case List<?> values -> new Operand.Literals(List.copyOf(values));
            default -> new Operand.Literal(value);
        };
        return new Predicate.Comparison(FieldPath.parse(field), operator, operand);
    }

    public static List<Sort> sorts(String... keys) {
        return Stream.of(keys).map(key -> key.startsWith("-")
                ? new Sort(FieldPath.parse(key.substring(1)), true)
                : new Sort(FieldPath.parse(key), false)).toList();
    }

    public static Expansion expansion(String name, Expansion... further) {
        return new Expansion(name, List.of(), List.of(further), Predicate.ALWAYS, List.of(), null, null);
    }
}
