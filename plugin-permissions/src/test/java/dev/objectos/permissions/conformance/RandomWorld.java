package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some records with little variety, so that conditions meet, and with gaps. */
final class RandomWorld {

    static final String AT = "2026-05-13T10:30:00Z";
    static final List<String> WORDS = List.of("ash", "birch", "cedar", "larch", "ashbirch", "oakcedar");
    static final List<UUID> USERS = List.of(id(1), id(2), id(3), id(4), id(5));

    /** Files that tasks may hold; the user of the same place has sent each. */
    static final List<UUID> FILES = List.of(id(800_001), id(800_002), id(800_003), id(800_004));

    /** Who stands above whom, by position; the same in every case, for the platform may remember it for seconds. */
    private static final List<Integer> MANAGERS = List.of(-1, 0, 1, 0, -1);

    private static final int FIRST = 100;
    private static final int ACCOUNTS = 5;
    private static final int DEALS = 7;
    private static final int TASKS = 7;

    private final Random random;
    private final World world;
    private long next = FIRST;

    private RandomWorld(Random random, Schema schema) {
        this.random = random;
        this.world = new World(schema);
    }

    static World of(Random random, Schema schema) {
        return new RandomWorld(random, schema).world();
    }

    /** An id that sorts after all of a smaller number. */
    static UUID id(long number) {
        return new UUID(0x0197_0000_0000_7000L + (number << 16), 0x8000_0000_0000_0000L | number);
    }

    /** The tasks of every world. */
    static List<UUID> tasks() {
        return IntStream.range(0, TASKS).mapToObj(task -> id(FIRST + ACCOUNTS + DEALS + task)).toList();
    }

    static String email(int user) {
        return WORDS.get(user) + "@example.com";
    }

    private World world() {
        for (int i = 0; i < USERS.size(); i++) {
            Map<String, @Nullable Object> user = empty(Schema.USER, USERS.get(i));
            user.put("owner", null);
            user.put("name", WORDS.get(i));
            user.put("email", email(i));
            user.put("manager", MANAGERS.get(i) < 0 ? null : USERS.get(MANAGERS.get(i)));
            world.put(Schema.USER, user);
        }
        List<UUID> accounts = fill(Schema.ACCOUNTS, ACCOUNTS, Map.of());
        List<UUID> deals = fill(Schema.DEALS, DEALS, Map.of("account", accounts));
        fill(Schema.TASKS, TASKS, Map.of("account", accounts, "deal", deals));
        world.summarize();
        for (String object : Schema.OBJECTS) {
            world.all(object).stream().filter(_ -> random.nextInt(6) == 0).forEach(record -> share(object, record));
        }
        return world;
    }

    private void share(String object, Map<String, @Nullable Object> record) {
        String grantee = random.nextBoolean()
                ? "user:" + USERS.get(random.nextInt(USERS.size()))
                : "role:" + List.of("sales", "support", "boss", "everyone").get(random.nextInt(4));
        world.shares().add(new World.Share(object, World.id(record), grantee,
                List.of("read", "read_write", "full").get(random.nextInt(3))));
    }

    private List<UUID> fill(String object, int most, Map<String, List<UUID>> targets) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < most; i++) {
            UUID id = id(next++);
            ids.add(id);
            Map<String, @Nullable Object> record = empty(object, id);
            record.put("owner", random.nextInt(8) == 0 ? null : USERS.get(random.nextInt(USERS.size())));
            world.schema().fields(object).values().forEach(field -> {
                Object value = value(field, targets.getOrDefault(field.name(), List.of()), random);
                if (value != null) {
                    record.put(field.name(), value);
                }
            });
            world.put(object, record);
        }
        return ids;
    }

    private Map<String, @Nullable Object> empty(String object, UUID id) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        world.schema().fields(object).values().stream().filter(Schema.Field::stored)
                .forEach(field -> record.put(field.name(), null));
        record.put("id", id);
        record.put("created_at", AT);
        record.put("updated_at", AT);
        record.put("version", 1);
        return record;
    }

    /** A value for a field that authors have defined; null: none, or none that is written. */
    static @Nullable Object value(Schema.Field field, List<UUID> targets, Random random) {
        boolean gap = random.nextInt(5) == 0;
        return switch (field.kind()) {
            case Kind.Text _ -> gap ? null : WORDS.get(random.nextInt(WORDS.size()));
            case Kind.Email _ -> gap ? null : WORDS.get(random.nextInt(WORDS.size())) + "@example.org";
            case Kind.Choice(List<String> options) -> gap ? null : options.get(random.nextInt(options.size()));
            case Kind.Whole _ -> gap ? null : random.nextInt(3) == 0 ? random.nextInt(100_000) : random.nextInt(6);
            case Kind.Lookup lookup -> targets.isEmpty() || (gap && !lookup.masterDetail())
                    ? null
                    : targets.get(random.nextInt(targets.size()));
            case Kind.File _ -> gap ? null : FILES.get(random.nextInt(FILES.size())).toString();
            case Kind.Formula _,Kind.Summary _,Kind.Platform _ -> null;
        };
    }
}
