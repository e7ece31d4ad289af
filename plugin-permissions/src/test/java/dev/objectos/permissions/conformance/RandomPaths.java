package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person may ask for that is no single question with a single answer. */
final class RandomPaths {

    private final Random random;
    private final World world;
    private final RandomRequests asking;

    RandomPaths(Random random, ReferenceRights rights) {
        this.random = random;
        this.world = rights.world();
        this.asking = new RandomRequests(random, rights);
    }

    Request next() {
        String object = asking.one(List.of(Schema.ACCOUNTS, Schema.DEALS, Schema.DEALS, Schema.TASKS, Schema.TASKS));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new Request.Pages(paged(asking.list(object), 1 + random.nextInt(3)));
            case 3, 4 -> new Request.Export(asking.list(object));
            case 5, 6 -> new Request.InBin(World.id(asking.one(world.all(object))), binned(asking.list(object)));
            case 7, 8 -> new Request.Restore(object, World.id(asking.one(world.all(object))));
            case 9, 10, 11 -> rows(object);
            case 12, 13 -> new Request.Before(filtered(object), earlier(object));
            case 14 -> new Request.Alike(asking.list(object), RandomRules.person(random));
            default -> new Request.Download(asking.one(RandomWorld.FILES));
        };
    }

    /** A path that changes nothing. */
    Request read() {
        while (true) {
            Request request = next();
            if (request instanceof Request.Path path && !path.changes() && !(path instanceof Request.Alike)) {
                return request;
            }
        }
    }

    private static Query paged(Query query, int limit) {
        return new Query(query.object(), query.fields(), query.where(), query.orderBy(), Page.first(limit),
                query.expand(), List.of(), List.of(), Predicate.ALWAYS, query.search(), false);
    }

    /** What refers to a record in the bin does so no more. */
    private static Query binned(Query query) {
        List<Expansion> lookups = query.expand().stream()
                .filter(expansion -> !Schema.OBJECTS.contains(expansion.name()))
                .map(expansion -> new Expansion(expansion.name(), expansion.fields(), List.of(), Predicate.ALWAYS,
                        List.of(), null, null))
                .toList();
        return new Query(query.object(), query.fields(), query.where(), query.orderBy(), query.page(), lookups,
                List.of(), List.of(), Predicate.ALWAYS, null, query.count());
    }

    private Query filtered(String object) {
        return new Query(object, List.of(FieldPath.of("id")), asking.where(object, 1), List.of(), Page.first(100),
                List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
    }

    private Map<UUID, Map<String, @Nullable Object>> earlier(String object) {
        var earlier = new LinkedHashMap<UUID, Map<String, @Nullable Object>>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            earlier.put(World.id(asking.one(world.all(object))), asking.values(object, 1 + random.nextInt(3)));
        }
        return earlier;
    }

    private Request rows(String object) {
        WriteMode mode = asking.one(List.of(WriteMode.values()));
        Source source = asking.one(List.of(Source.CSV, Source.JSON));
        var rows = new ArrayList<ImportRow>();
        var columns = new LinkedHashSet<String>();
        var match = new LinkedHashSet<String>();
        int most = 1 + random.nextInt(3);
        for (int i = 1; i <= most; i++) {
            Map<String, @Nullable Object> cells = new LinkedHashMap<>(asking.values(object, 1 + random.nextInt(3)));
            if (mode != WriteMode.INSERT) {
                match(object, cells, match);
            }
            if (object.equals(Schema.DEALS) && !asking.chance(8)) {
                cells.putIfAbsent("account", asking.anyId(Schema.ACCOUNTS).toString());
            }
            if (asking.chance(10)) {
                cells.put(asking.one(List.of("version", "created_at")), "1");
            }
            cells.values().removeIf(java.util.Objects::isNull);
            if (source == Source.CSV) {
                cells.replaceAll((_, value) -> String.valueOf(value));
            }
            columns.addAll(cells.keySet());
            rows.add(new ImportRow(i, cells));
        }
        columns.addAll(match);
        return new Request.Import(new ImportOrder(object, source, mode, List.copyOf(match), Map.of(), false, false,
                true, Set.of(), false), List.copyOf(columns), rows);
    }

    /** The same fields in all rows. */
    private void match(String object, Map<String, @Nullable Object> cells, Set<String> match) {
        if (match.isEmpty()) {
            match.add(asking.matched(object, cells));
            return;
        }
        match.forEach(name -> cells.put(name, asking.one(world.all(object)).get(name)));
    }

    /** Whether a field holds a number, which a file of texts says as one. */
    static @Nullable Object read(Schema.Field field, @Nullable Object cell) {
        return field.kind() instanceof Kind.Whole && cell instanceof String text ? Integer.valueOf(text) : cell;
    }
}
