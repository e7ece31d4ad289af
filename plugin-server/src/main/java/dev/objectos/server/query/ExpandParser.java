package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what to show beside the records: {@code ["account","account.owner"]}, {@code "account,tasks"} or a map with options. */
final class ExpandParser {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_EXPANSIONS = 64;
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Set<QueryKey> OPTIONS = Set.of(QueryKey.FIELDS, QueryKey.WHERE, QueryKey.ORDER_BY,
            QueryKey.LIMIT, QueryKey.OFFSET, QueryKey.EXPAND);

    private final Catalog catalog;
    private int expansions;

    ExpandParser(Catalog catalog) {
        this.catalog = catalog;
    }

    List<Expansion> parse(@Nullable Object given, ObjectDefinition object) {
        return parse(given, Optional.of(object), 1);
    }

    private List<Expansion> parse(@Nullable Object given, Optional<ObjectDefinition> from, int depth) {
        if (given == null) {
            return List.of();
        }
        if (depth > MAX_DEPTH) {
            throw refuse("\"expand\" nests at most " + MAX_DEPTH + " levels");
        }
        if (given instanceof Map<?, ?> map) {
            var read = new ArrayList<Expansion>();
            map.forEach((name, options) -> read.add(option(String.valueOf(name), options, from, depth)));
            return read;
        }
        var tree = new LinkedHashMap<String, Object>();
        for (Object path : Words.list(given, RuntimeError.INVALID_QUERY, "\"expand\"")) {
            if (!(path instanceof String text) || text.isBlank()) {
                throw refuse("\"expand\" lists names of lookups and collections, not " + Words.describe(path));
            }
            graft(tree, text.strip());
        }
        return branches(tree, depth);
    }

    /** Adds a dotted path to the tree of names; a path that is there already changes nothing. */
    private static void graft(Map<String, Object> tree, String path) {
        Map<String, Object> here = tree;
        String[] names = DOT.split(path, MAX_DEPTH + 2);
        if (names.length > MAX_DEPTH) {
            throw refuse("\"expand\" nests at most " + MAX_DEPTH + " levels");
        }
        for (String name : names) {
            @SuppressWarnings("unchecked")
            var next = (Map<String, Object>) here.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
            here = next;
        }
    }

    private List<Expansion> branches(Map<String, Object> tree, int depth) {
        var read = new ArrayList<Expansion>(tree.size());
        tree.forEach((name, below) -> {
            count();
            @SuppressWarnings("unchecked")
            var branch = (Map<String, Object>) below;
            read.add(new Expansion(name, List.of(), branches(branch, depth + 1), Predicate.ALWAYS, List.of(), null,
                    null));
        });
        return read;
    }

    private Expansion option(String name, @Nullable Object options, Optional<ObjectDefinition> from, int depth) {
        count();
        if (Boolean.TRUE.equals(options)) {
            return Expansion.of(name);
        }
        if (!(options instanceof Map<?, ?> map)) {
            throw refuse("The options of \"expand\" for " + Words.quote(name) + " are an object or true, not "
                    + Words.describe(options));
        }
        QueryArguments given = QueryArguments.of(map).only(OPTIONS, "\"expand\" of " + Words.quote(name));
        Optional<ObjectDefinition> target = from.flatMap(object -> catalog.related(object, name));
        Object where = given.get(QueryKey.WHERE);
        var filters = new FilterParser(target.map(object -> PathTypes.from(catalog, object)).orElse(PathTypes.NONE));
        return new Expansion(name, fields(given.get(QueryKey.FIELDS)),
                parse(given.get(QueryKey.EXPAND), target, depth + 1),
                where == null ? Predicate.ALWAYS : filters.parse(where), SortParser.parse(given.get(QueryKey.ORDER_BY)),
                PageParser.limit(given), PageParser.offset(given));
    }

    private static List<String> fields(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        var fields = new LinkedHashSet<String>();
        for (Object name : Words.list(given, RuntimeError.INVALID_FIELD, "\"fields\"")) {
            fields.add(Words.path(name, RuntimeError.INVALID_FIELD, "\"fields\"").toString());
        }
        return List.copyOf(fields);
    }

    private void count() {
        if (++expansions > MAX_EXPANSIONS) {
            throw refuse("\"expand\" shows at most " + MAX_EXPANSIONS + " lookups and collections");
        }
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
