package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every REST spelling of a query becomes one {@link Query}; nothing asked for is ignored. It reads syntax alone: whether a
 * field exists, may be seen and can be compared so is the planner's to say.
 */
public final class RestQueryParser {

    private static final int MAX_FIELDS = 500;
    private static final int MAX_SEARCH = 1_000;
    private static final Set<QueryKey> OF_ONE_RECORD = Set.of(QueryKey.FIELDS, QueryKey.EXPAND);

    private final Catalog catalog;

    public RestQueryParser(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The query in a JSON body.
     *
     * @param body as {@link dev.objectos.server.json.JsonReader} gave it
     */
    public Query parse(ObjectDefinition object, @Nullable Object body) {
        if (!(body instanceof Map<?, ?> given)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A query is a JSON object, not " + Words.describe(body));
        }
        QueryArguments arguments = QueryArguments.of(given).only("A query");
        return query(object, arguments, PageParser.parse(arguments));
    }

    /** The query in the parameters of a URL; what is no key of a query is a field that must equal the value. */
    public Query parse(ObjectDefinition object, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return Query.of(object.name());
        }
        QueryArguments given = UrlValues.arguments(parameters);
        return query(object, given, PageParser.parse(given));
    }

    /** The same for {@link dev.objectos.runtime.spi.Records#stream}: without a limit it is all records. */
    public Query all(ObjectDefinition object, Map<String, String> parameters) {
        QueryArguments given = UrlValues.arguments(parameters);
        return query(object, given, PageParser.all(given));
    }

    /** What is asked about one record. */
    public RecordQuery record(ObjectDefinition object, UUID id, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return new RecordQuery(object.name(), id, List.of(), List.of());
        }
        QueryArguments given = UrlValues.arguments(parameters).only(OF_ONE_RECORD, "A record's address");
        return new RecordQuery(object.name(), id, fields(given.get(QueryKey.FIELDS)),
                new ExpandParser(catalog).parse(given.get(QueryKey.EXPAND), object));
    }

    private Query query(ObjectDefinition object, QueryArguments given, Page page) {
        requireSame(object, given.get(QueryKey.OBJECT));
        var filters = new FilterParser(PathTypes.from(catalog, object));
        var groups = new GroupParser();
        Object having = given.get(QueryKey.HAVING);
        return new Query(object.name(), fields(given.get(QueryKey.FIELDS)), where(object, given, filters),
                SortParser.parse(given.get(QueryKey.ORDER_BY)), page,
                new ExpandParser(catalog).parse(given.get(QueryKey.EXPAND), object),
                groups.groupings(given.get(QueryKey.GROUP_BY)), groups.aggregations(given.get(QueryKey.AGGREGATIONS)),
                having == null ? Predicate.ALWAYS : new FilterParser(PathTypes.NONE).parse(having),
                search(given.get(QueryKey.SEARCH)), count(given.get(QueryKey.COUNT)));
    }

    private void requireSame(ObjectDefinition object, @Nullable Object named) {
        if (named != null && !(named instanceof String name
                && catalog.object(name).filter(same -> same.name().equals(object.name())).isPresent())) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "The query names the object " + Words.describe(named) + ", the path names \"" + object.name()
                            + "\"");
        }
    }

    private Predicate where(ObjectDefinition object, QueryArguments given, FilterParser filters) {
        Object filter = given.get(QueryKey.WHERE);
        Predicate where = filter == null ? Predicate.ALWAYS : filters.parse(filter);
        if (given.others().isEmpty()) {
            return where;
        }
        var terms = new ArrayList<Predicate>();
        if (filter != null) {
            terms.add(where);
        }
        given.others().forEach((name, value) -> terms.add(equality(object, name, String.valueOf(value), filters)));
        return terms.size() == 1 ? terms.getFirst() : new Predicate.And(terms);
    }

    private Predicate equality(ObjectDefinition object, String name, String text, FilterParser filters) {
        FieldPath field = Words.path(name, RuntimeError.INVALID_FIELD, "A parameter");
        Object value = PathTypes.from(catalog, object).at(field).map(type -> new Given(UrlValues.value(type, text)))
                .orElseGet(() -> new Given(text)).value();
        return filters.compare(field, Operator.EQ, value);
    }

    private record Given(@Nullable Object value) {}

    private static List<FieldPath> fields(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        var fields = new LinkedHashSet<FieldPath>();
        for (Object name : Words.list(given, RuntimeError.INVALID_FIELD, "\"fields\"")) {
            fields.add(Words.path(name, RuntimeError.INVALID_FIELD, "\"fields\""));
        }
        if (fields.size() > MAX_FIELDS) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "\"fields\" names at most " + MAX_FIELDS);
        }
        return List.copyOf(fields);
    }

    /** A text, or an object around it as the query builder of the TypeScript client writes it. */
    private static @Nullable String search(@Nullable Object given) {
        Object words = given instanceof Map<?, ?> map && map.keySet().equals(Set.of("query"))
                ? map.get("query")
                : given;
        if (words == null || (words instanceof String text && text.isBlank())) {
            return null;
        }
        if (words instanceof String text && text.length() <= MAX_SEARCH && text.indexOf('\0') < 0) {
            return text;
        }
        throw new PlatformException(RuntimeError.INVALID_QUERY,
                "\"search\" is a text of at most " + MAX_SEARCH + " characters, not " + Words.describe(words));
    }

    private static boolean count(@Nullable Object given) {
        return switch (given) {
            case null -> false;
            case Boolean count -> count;
            default -> throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "\"count\" is true or false, not " + Words.describe(given));
        };
    }
}
