package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Sort;
import dev.objectos.server.graphql.schema.Binding;
import dev.objectos.server.graphql.schema.Bindings;
import dev.objectos.server.graphql.schema.TypeNames;
import dev.objectos.server.query.FilterParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the conditions and the order of records of one object. */
final class WhereReader {

    private final Bindings bindings;
    private final String object;
    private final FilterParser filters;

    WhereReader(Bindings bindings, Catalog catalog, ObjectDefinition object) {
        this.bindings = bindings;
        this.object = object.name();
        this.filters = FilterParser.of(catalog, object);
    }

    /** @param where a value of the object's type of conditions; null: none */
    Predicate where(@Nullable Object where) {
        return where instanceof Map<?, ?> map ? all(map, object, List.of()) : Predicate.ALWAYS;
    }

    private Predicate all(Map<?, ?> where, String at, List<String> path) {
        var terms = new ArrayList<Predicate>();
        where.forEach((key, value) -> terms.add(term(String.valueOf(key), value, at, path)));
        return terms.size() == 1 ? terms.getFirst() : new Predicate.And(terms);
    }

    private Predicate term(String key, @Nullable Object value, String at, List<String> path) {
        return switch (key) {
            case "_and" -> new Predicate.And(each(key, value, at, path));
            case "_or" -> new Predicate.Or(each(key, value, at, path));
            case "_not" -> new Predicate.Not(all(map(key, value), at, path));
            default -> named(key, map(key, value), at, path);
        };
    }

    private List<Predicate> each(String key, @Nullable Object value, String at, List<String> path) {
        if (!(value instanceof List<?> list)) {
            throw notNull(key);
        }
        return list.stream().map(term -> all(map(key, term), at, path)).toList();
    }

    private Predicate named(String key, Map<?, ?> condition, String at, List<String> path) {
        return switch (bindings.of(TypeNames.where(at), key)) {
            case Binding.Value value -> compare(with(path, value.field()), condition);
            case Binding.Lookup lookup -> all(condition, lookup.target(), with(path, lookup.field()));
            case null, default -> throw new PlatformException(RuntimeError.INVALID_FIELD, "Unknown field " + key);
        };
    }

    private Predicate compare(List<String> path, Map<?, ?> condition) {
        var terms = new ArrayList<Predicate>();
        condition.forEach((operator, value) -> terms
                .add(filters.compare(new FieldPath(path), String.valueOf(operator).substring(1), value)));
        return terms.size() == 1 ? terms.getFirst() : new Predicate.And(terms);
    }

    /** @param order as the document writes it, for the order of keys counts; null: none */
    List<Sort> orderBy(@Nullable Object order) {
        var sorts = new ArrayList<Sort>();
        switch (order) {
            case null -> {
            }
            case List<?> list -> list.forEach(entry -> sorts(map("order_by", entry), object, List.of(), sorts));
            default -> sorts(map("order_by", order), object, List.of(), sorts);
        }
        return sorts;
    }

    private void sorts(Map<?, ?> order, String at, List<String> path, List<Sort> sorts) {
        order.forEach((key, value) -> {
            switch (bindings.of(TypeNames.orderBy(at), String.valueOf(key))) {
                case Binding.Value field when value != null ->
                    sorts.add(new Sort(new FieldPath(with(path, field.field())), value.equals("desc")));
                case Binding.Lookup lookup when value instanceof Map<?, ?> further ->
                    sorts(further, lookup.target(), with(path, lookup.field()), sorts);
                case null, default -> throw new PlatformException(RuntimeError.INVALID_SORT,
                        "order_by takes asc or desc for " + key);
            }
        });
    }

    private static List<String> with(List<String> path, String segment) {
        var longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    private static Map<?, ?> map(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw notNull(key);
    }

    private static PlatformException notNull(String key) {
        return new PlatformException(RuntimeError.INVALID_FILTER, key + " takes conditions, not null");
    }
}
