package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person may ask for; mostly of what they may see, so that answers are not all refusals. */
final class RandomRequests {

    /** A record of another tenant, put there by the harness. */
    static final UUID FOREIGN = RandomWorld.id(900_001);

    private final Random random;
    private final World world;
    private final Schema schema;
    private final ReferenceFields fields;
    private long made = 500_000;

    RandomRequests(Random random, ReferenceRights rights) {
        this.random = random;
        this.world = rights.world();
        this.schema = world.schema();
        this.fields = new ReferenceFields(rights);
    }

    Request next() {
        String object = one(List.of(Schema.ACCOUNTS, Schema.ACCOUNTS, Schema.DEALS, Schema.DEALS, Schema.TASKS));
        return switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                new Request.Get(new RecordQuery(object, anyId(object), shown(object), expansions(object, 1)));
            case 3, 4 -> new Request.Change(create(object));
            case 5, 6, 7 -> new Request.Change(update(object));
            case 8, 9 -> new Request.Change(new Mutation.Delete(object, anyId(object), null));
            case 10 -> new Request.Several(batch(object));
            case 11, 12, 13 -> new Request.Find(groups(object));
            default -> new Request.Find(list(object));
        };
    }

    /** A read that may be repeated. */
    Request read() {
        while (true) {
            Request request = next();
            if (request instanceof Request.Find || request instanceof Request.Get) {
                return request;
            }
        }
    }

    Query list(String object) {
        return new Query(object, shown(object), chance(50) ? where(object, 1) : Predicate.ALWAYS, orders(object),
                new Page(chance(50) ? 100 : 1 + random.nextInt(4), chance(15) ? random.nextInt(3) : null, null),
                expansions(object, 2), List.of(), List.of(), Predicate.ALWAYS,
                chance(12) ? one(List.of("ash", "BIRCH", "oak")) : null, chance(40));
    }

    Query groups(String object) {
        var keys = new ArrayList<Grouping>();
        if (chance(75)) {
            FieldPath path = path(object, field -> !(field.kind() instanceof Kind.Platform));
            keys.add(new Grouping(path, null, "key"));
        }
        var aggregations = new ArrayList<Aggregation>();
        aggregations.add(new Aggregation(Aggregation.Function.COUNT, null, "n"));
        if (chance(70)) {
            aggregations.add(new Aggregation(one(List.of(Aggregation.Function.SUM, Aggregation.Function.MIN,
                    Aggregation.Function.MAX, Aggregation.Function.COUNT_DISTINCT)),
                    path(object, field -> field.kind() instanceof Kind.Whole || numeric(field)), "x"));
        }
        if (chance(30)) {
            aggregations.add(new Aggregation(one(List.of(Aggregation.Function.COUNT, Aggregation.Function.MAX)),
                    path(object, field -> field.kind() instanceof Kind.Text), "y"));
        }
        return new Query(object, List.of(), chance(40) ? where(object, 1) : Predicate.ALWAYS, List.of(),
                Page.first(100), List.of(), keys, aggregations,
                chance(35) ? having(keys, aggregations) : Predicate.ALWAYS, null, false);
    }

    /** Names aliases, a field that is grouped by, and seldom one that is not. */
    private Predicate having(List<Grouping> keys, List<Aggregation> aggregations) {
        FieldPath counted = FieldPath.of(one(aggregations.stream().map(Aggregation::alias)
                .filter(alias -> !alias.equals("y")).toList()));
        FieldPath key = keys.isEmpty() ? counted : one(List.of(FieldPath.of("key"), keys.getFirst().field()));
        Predicate one = chance(70)
                ? number(counted)
                : new Predicate.Comparison(chance(8) ? FieldPath.of("version") : key, Operator.IS_NULL,
                        new Operand.None());
        return chance(25)
                ? new Predicate.Or(List.of(one, number(counted)))
                : chance(15)
                        ? new Predicate.Not(one)
                        : one;
    }

    private static boolean numeric(Schema.Field field) {
        return field.kind() instanceof Kind.Summary
                || (field.kind() instanceof Kind.Formula formula && formula.type().equals("number"));
    }

    List<FieldPath> shown(String object) {
        var paths = new LinkedHashSet<FieldPath>();
        if (chance(50)) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                paths.add(path(object, _ -> true));
            }
        }
        return List.copyOf(paths);
    }

    List<Sort> orders(String object) {
        return chance(50) ? List.of(new Sort(path(object, _ -> true), random.nextBoolean())) : List.of();
    }

    private List<Expansion> expansions(String object, int depth) {
        if (depth == 0 || !chance(40)) {
            return List.of();
        }
        List<String> children = schema.incoming(object).stream().map(Schema.Incoming::object).toList();
        if (!children.isEmpty() && chance(60)) {
            String child = one(children);
            return List.of(new Expansion(child, names(child), expansions(child, depth - 1),
                    chance(30) ? where(child, 0) : Predicate.ALWAYS, orders(child), chance(30) ? 1 : null, null));
        }
        String lookup = chance(40) || schema.lookups(object).isEmpty() ? "owner" : one(schema.lookups(object));
        String target = schema.lookup(object, lookup).target();
        return List.of(new Expansion(lookup, names(target), expansions(target, target.equals("user") ? 0 : depth - 1),
                Predicate.ALWAYS, List.of(), null, null));
    }

    private List<String> names(String object) {
        return chance(50) ? List.of() : List.of(field(object, _ -> true));
    }

    Predicate where(String object, int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0 -> new Predicate.And(List.of(where(object, depth - 1), where(object, depth - 1)));
            case 1 -> new Predicate.Or(List.of(where(object, depth - 1), where(object, depth - 1)));
            case 2 -> new Predicate.Not(where(object, depth - 1));
            default -> comparison(object);
        };
    }

    private Predicate comparison(String object) {
        FieldPath path = path(object, field -> !(field.kind() instanceof Kind.Platform) || field.name().equals("id"));
        String at = object;
        for (String lookup : path.segments().subList(0, path.segments().size() - 1)) {
            at = schema.lookup(at, lookup).target();
        }
        Schema.Field field = java.util.Objects.requireNonNull(schema.field(at, path.segments().getLast()));
        if (chance(12)) {
            return new Predicate.Comparison(path, Operator.IS_NULL, new Operand.None());
        }
        return switch (field.kind()) {
            case Kind.Text _,Kind.Email _ -> compare(path, one(List.of(Operator.EQ, Operator.CONTAINS, Operator.NE)),
                    one(RandomWorld.WORDS));
            case Kind.Choice(List<String> options) -> chance(30)
                    ? new Predicate.Comparison(path, Operator.IN,
                            new Operand.Literals(List.copyOf(options.subList(0, 2))))
                    : compare(path, one(List.of(Operator.EQ, Operator.NE)), one(options));
            case Kind.Whole _,Kind.Summary _ -> number(path);
            case Kind.Formula formula -> formula.type().equals("number")
                    ? number(path)
                    : compare(path, Operator.EQ, one(RandomWorld.WORDS));
            case Kind.Lookup lookup -> compare(path, Operator.EQ, anyId(lookup.target()).toString());
            case Kind.File _ -> compare(path, Operator.EQ, one(RandomWorld.FILES).toString());
            case Kind.Platform _ -> compare(path, Operator.EQ, anyId(at).toString());
        };
    }

    private Predicate number(FieldPath path) {
        return compare(path, one(List.of(Operator.EQ, Operator.GT, Operator.LTE)), random.nextInt(8));
    }

    private static Predicate compare(FieldPath path, Operator operator, Object value) {
        return new Predicate.Comparison(path, operator, new Operand.Literal(value));
    }

    private Mutation.Create create(String object) {
        var values = new LinkedHashMap<>(values(object, 1 + random.nextInt(3)));
        if (object.equals(Schema.DEALS) && !chance(8)) {
            values.put("account", anyId(Schema.ACCOUNTS).toString());
        }
        return new Mutation.Create(object, values, RandomWorld.id(made++));
    }

    private Mutation.Update update(String object) {
        return new Mutation.Update(object, anyId(object), values(object, 1 + random.nextInt(2)), null);
    }

    private Batch batch(String object) {
        var mutations = new ArrayList<Mutation>();
        var ids = new LinkedHashSet<UUID>();
        if (chance(40)) {
            return new Batch(List.of(upsert(object)), random.nextBoolean(), random.nextBoolean(), false);
        }
        // Accounts that are deleted together free each other of tasks that one by one would hold them.
        boolean updates = object.equals(Schema.ACCOUNTS) || random.nextBoolean();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            UUID id = anyId(object);
            if (ids.add(id)) {
                mutations.add(updates
                        ? new Mutation.Update(object, id, values(object, 1), null)
                        : new Mutation.Delete(object, id, null));
            }
        }
        return new Batch(mutations, random.nextBoolean(), random.nextBoolean(), false);
    }

    private Mutation.Upsert upsert(String object) {
        var values = new LinkedHashMap<>(values(object, 1 + random.nextInt(2)));
        var match = new LinkedHashSet<String>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            match.add(matched(object, values));
        }
        if (object.equals(Schema.DEALS) && !chance(8)) {
            values.putIfAbsent("account", anyId(Schema.ACCOUNTS).toString());
        }
        return new Mutation.Upsert(object, new Mutation.Match.Fields(List.copyOf(match)), values, java.util.Set.of(),
                chance(80));
    }

    /** A field with a value of some record, to find records by. */
    String matched(String object, Map<String, @Nullable Object> values) {
        String name = field(object, field -> field.kind() instanceof Kind.Text || field.kind() instanceof Kind.Choice
                || field.kind() instanceof Kind.Whole);
        values.put(name, one(world.all(object)).get(name));
        return name;
    }

    Map<String, @Nullable Object> values(String object, int most) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < most; i++) {
            String name = field(object, field -> !field.derived() && !(field.kind() instanceof Kind.Platform)
                    && !field.name().endsWith("_by"));
            Schema.Field field = java.util.Objects.requireNonNull(schema.field(object, name));
            List<UUID> targets = field.kind() instanceof Kind.Lookup lookup
                    ? world.all(lookup.target()).stream().map(World::id).toList()
                    : List.of();
            Object value = RandomWorld.value(field, targets, random);
            values.put(name, value instanceof UUID id ? id.toString() : value);
        }
        return values;
    }

    UUID anyId(String object) {
        return chance(4) ? chance(50) ? FOREIGN : RandomWorld.id(999_999) : World.id(one(world.all(object)));
    }

    private FieldPath path(String object, java.util.function.Predicate<Schema.Field> usable) {
        var segments = new ArrayList<String>();
        String at = object;
        while (!schema.lookups(at).isEmpty() && chance(18)) {
            String lookup = one(schema.lookups(at));
            segments.add(lookup);
            at = schema.lookup(at, lookup).target();
        }
        segments.add(field(at, usable));
        return new FieldPath(segments);
    }

    /** Nine times out of ten one that may be used, where there is any. */
    private String field(String object, java.util.function.Predicate<Schema.Field> usable) {
        List<String> all = schema.fields(object).values().stream().filter(usable).map(Schema.Field::name).toList();
        List<String> open = all.stream()
                .filter(name -> fields.seen(object, name) && fields.mask(object, name) == null).toList();
        if (all.isEmpty()) {
            return "id";
        }
        return one(open.isEmpty() || chance(8) ? all : open);
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
