package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.Default;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.spi.WatchedRecords.Earlier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The same for what is no single question: pages, exports, the recycle bin, imports, what was seen earlier, files. */
final class PathComparison {

    /** What the bin knows beside the record. */
    private static final Set<String> OF_BIN = Set.of("deleted_at", "deleted_by");
    private static final int EVERYTHING = 1_000;

    private final PermissionHarness harness;
    private final Rules rules;
    private final World world;
    private final Person person;
    private final Session session;

    PathComparison(PermissionHarness harness, Rules rules, World world, Person person) {
        this.harness = harness;
        this.rules = rules;
        this.world = world;
        this.person = person;
        this.session = PermissionHarness.session(person);
    }

    /** The difference in words, where there is one. May leave the records changed. */
    Optional<String> difference(Request.Path path) {
        return switch (path) {
            case Request.Pages(Query query) -> agree(records(reads(world).find(everything(query))), () -> pages(query));
            case Request.Export(Query query) -> agree(records(reads(world).find(everything(query))),
                    () -> exported(everything(query)));
            case Request.InBin(UUID deleted, Query query) -> deletion(query.object(), deleted)
                    .flatMap(after -> inBin(query, after));
            case Request.Restore(String object, UUID record) -> deletion(object, record)
                    .flatMap(after -> restored(object, record, after));
            case Request.Import rows -> new ImportComparison(harness, rules, world, person).difference(rows);
            case Request.Before before -> agree(reads(world).found(before.query(), earlier(before)),
                    () -> foundBefore(before));
            case Request.Alike(Query query, Person other) -> alike(query, PermissionHarness.session(other));
            case Request.Download(UUID file) -> downloaded(file);
        };
    }

    /** What a request that changes nothing is answered with. */
    Object answer(Request.Path path) {
        return switch (path) {
            case Request.Pages(Query query) -> pages(query);
            case Request.Export(Query query) -> exported(everything(query));
            case Request.Before before -> foundBefore(before);
            case Request.Download(UUID file) -> harness.files().find(file, session);
            case Request.InBin _,Request.Restore _,Request.Import _,Request.Alike _ ->
                throw new IllegalArgumentException(path.toString());
        };
    }

    private ReferenceReads reads(World records) {
        return new ReferenceReads(new ReferenceRights(rules, records, person));
    }

    private static Query everything(Query query) {
        return at(query, EVERYTHING, null);
    }

    private static Query at(Query query, int limit, @Nullable String cursor) {
        return new Query(query.object(), query.fields(), query.where(), query.orderBy(), new Page(limit, null, cursor),
                query.expand(), query.groupBy(), query.aggregations(), query.having(), query.search(), false);
    }

    private Verdict records(Verdict verdict) {
        return verdict.answer() instanceof Map<?, ?> answer
                ? new Verdict(verdict.refusals(), answer.get("records"), verdict.after())
                : verdict;
    }

    private List<Object> pages(Query query) {
        var records = new ArrayList<Object>();
        String cursor = null;
        do {
            Map<?, ?> page = (Map<?, ?>) Comparison.parse(harness.records()
                    .query(at(query, query.page().limit(), cursor), session).toString());
            records.addAll((List<?>) Objects.requireNonNull(page.get("records")));
            cursor = (String) page.get("nextCursor");
        } while (cursor != null && records.size() < EVERYTHING);
        return records;
    }

    private List<Object> exported(Query query) {
        var records = new ArrayList<Object>();
        try {
            harness.records().stream(query, new RecordSink() {

                @Override
                public void begin(List<RecordColumn> columns) {}

                @Override
                public void record(Row row) throws IOException {
                    var json = new ByteArrayOutputStream();
                    row.writeJson(json);
                    records.add(Comparison.parse(json.toString(StandardCharsets.UTF_8)));
                }
            }, session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    /** The records after the platform has deleted one; empty where it cannot be deleted. */
    private Optional<World> deletion(String object, UUID record) {
        var platform = new Person(person.id(), Set.of(), true);
        Verdict verdict = new ReferenceWrites(new ReferenceRights(rules, world, platform))
                .change(new Mutation.Delete(object, record, null));
        if (verdict.refused()) {
            return Optional.empty();
        }
        harness.delete(object, record);
        return Optional.of(verdict.after());
    }

    private Optional<String> inBin(Query query, World after) {
        World lying = after.copy();
        lying.all(query.object()).forEach(record -> lying.remove(query.object(), World.id(record)));
        deleted(query.object(), after).forEach(record -> lying.put(query.object(), record));
        return agree(records(reads(lying).find(query)), () -> {
            Map<?, ?> answer = (Map<?, ?>) Comparison.parse(harness.bin().query(query, session).toString());
            var records = new ArrayList<Object>();
            for (Object record : (List<?>) Objects.requireNonNull(answer.get("records"))) {
                var own = new LinkedHashMap<>((Map<?, ?>) record);
                own.keySet().removeAll(OF_BIN);
                records.add(own);
            }
            return records;
        });
    }

    private List<Map<String, @Nullable Object>> deleted(String object, World after) {
        return world.all(object).stream().filter(record -> after.find(object, record.get("id")) == null).toList();
    }

    private Optional<String> restored(String object, UUID id, World after) {
        return restoration(object, id, after).flatMap(expected -> agree(expected, true,
                () -> Comparison.parse(harness.bin().restore(object, id, session).json().toString()))
                .or(() -> Comparison.storedDifference(harness, expected.after())));
    }

    /** Judged as it lies in the bin; what is no part of it must be judged well too. Empty: the model does not know. */
    private Optional<Verdict> restoration(String object, UUID id, World after) {
        var rights = new ReferenceRights(rules, after, person);
        Map<String, @Nullable Object> record = world.get(object, id);
        if (rights.possible(object, Operation.DELETE) && !rights.may(Operation.READ, object, record)) {
            return Optional.of(new Verdict(Set.of(RuntimeError.RECORD_NOT_FOUND), null, after));
        }
        Dependents dependents = rights.possible(object, Operation.DELETE)
                && rights.may(Operation.DELETE, object, record) ? dependents(rights, after) : Dependents.REFUSED;
        return switch (dependents) {
            case UNDECIDED -> Optional.empty();
            case REFUSED -> Optional.of(new Verdict(Set.of(RuntimeError.PERMISSION_DENIED), null, after));
            case PERMITTED -> Optional.of(new Verdict(Set.of(), reads(world).afterwards(object, id), world));
        };
    }

    private enum Dependents {
        PERMITTED, REFUSED, UNDECIDED
    }

    /** A record that could have gone with the root on two ways, of which one makes it a part, came on one of them. */
    private Dependents dependents(ReferenceRights rights, World after) {
        Dependents all = Dependents.PERMITTED;
        for (String object : List.of(Schema.DEALS, Schema.TASKS)) {
            for (Map<String, @Nullable Object> record : deleted(object, after)) {
                List<Schema.Incoming> ways = ways(object, record, after);
                // The root has none: what it refers to is still there.
                boolean part = ways.stream().anyMatch(this::part);
                boolean other = ways.stream().anyMatch(way -> !part(way));
                if (other && !(rights.possible(object, Operation.DELETE)
                        && rights.may(Operation.DELETE, object, record))) {
                    if (!part) {
                        return Dependents.REFUSED;
                    }
                    all = Dependents.UNDECIDED;
                }
            }
        }
        return all;
    }

    /** The cascading lookups by which a record refers to what has gone. */
    private List<Schema.Incoming> ways(String object, Map<String, @Nullable Object> record, World after) {
        var ways = new ArrayList<Schema.Incoming>();
        for (String target : Schema.OBJECTS) {
            for (Schema.Incoming incoming : world.schema().incoming(target)) {
                Object referred = record.get(incoming.field());
                if (incoming.object().equals(object) && referred != null
                        && incoming.lookup().onDelete() == Schema.OnDelete.CASCADE
                        && after.find(target, referred) == null) {
                    ways.add(incoming);
                }
            }
        }
        return ways;
    }

    private boolean part(Schema.Incoming way) {
        Sharing sharing = rules.of(way.object()).sharing();
        return way.lookup().masterDetail() || (sharing != null && sharing.byDefault() == Default.CONTROLLED_BY_PARENT
                && new ReferenceRights(rules, world, person).parentLookup(way.object()).equals(way.field()));
    }

    private List<Map<String, @Nullable Object>> earlier(Request.Before before) {
        var records = new ArrayList<Map<String, @Nullable Object>>();
        before.values().forEach((id, values) -> {
            var record = new LinkedHashMap<>(world.get(before.query().object(), id));
            values.forEach((name, value) -> record.put(name, reference(before.query().object(), name, value)));
            records.add(record);
        });
        return records;
    }

    private @Nullable Object reference(String object, String name, @Nullable Object value) {
        Schema.Field field = world.schema().field(object, name);
        return field != null && field.kind() instanceof Schema.Kind.Lookup && value != null
                ? UUID.fromString(value.toString())
                : value;
    }

    private List<String> foundBefore(Request.Before before) {
        var earlier = new ArrayList<Earlier>();
        before.values().forEach((id, values) -> {
            var json = new LinkedHashMap<String, JsonNode>();
            values.forEach((name, value) -> json.put(name,
                    value == null ? NullNode.instance : JsonMapper.shared().valueToTree(value)));
            earlier.add(new Earlier(id, json, false));
        });
        return harness.watched().before(before.query(), earlier, session).stream().map(UUID::toString).sorted()
                .toList();
    }

    private Optional<String> alike(Query query, Session other) {
        try {
            if (!harness.watched().sight(query, session).equals(harness.watched().sight(query, other))) {
                return Optional.empty();
            }
        } catch (PlatformException _) {
            return Optional.empty(); // that one refuses is compared elsewhere
        }
        String one = harness.records().query(query, session).toString();
        String another = harness.records().query(query, other).toString();
        return one.equals(another)
                ? Optional.empty()
                : Optional.of("said to be alike\n  " + one + "\nand " + other + "\n  " + another);
    }

    private Optional<String> downloaded(UUID file) {
        boolean expected = reads(world).seesFile(file.toString());
        return agree(new Verdict(expected ? Set.of() : Set.of(RuntimeError.RESOURCE_NOT_FOUND), file.toString(), world),
                () -> harness.files().find(file, session).id().toString());
    }

    private Optional<String> agree(Verdict expected, Supplier<Object> asked) {
        return agree(expected, false, asked);
    }

    private static Optional<String> agree(Verdict expected, boolean change, Supplier<Object> asked) {
        Object answer;
        try {
            answer = asked.get();
        } catch (PlatformException e) {
            return expected.refusals().contains(e.code())
                    ? Optional.empty()
                    : Optional.of("refused with " + e.code() + " (" + e.message() + "), expected "
                            + Comparison.told(expected));
        }
        if (expected.refused()) {
            return Optional.of("answered " + answer + ", expected a refusal with " + expected.refusals());
        }
        String known = String.valueOf(Comparison.plain(expected.answer(), change));
        String seen = String.valueOf(Comparison.plain(answer, change));
        return known.equals(seen)
                ? Optional.empty()
                : Optional.of("answered\n  " + seen + "\nexpected\n  " + known);
    }
}
