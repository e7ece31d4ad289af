package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.Default;
import dev.objectos.permissions.conformance.ObjectRules.Exemption;
import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Grant;
import dev.objectos.permissions.conformance.ObjectRules.Mask;
import dev.objectos.permissions.conformance.ObjectRules.MaskPlace;
import dev.objectos.permissions.conformance.ObjectRules.RecordRule;
import dev.objectos.permissions.conformance.ObjectRules.Role;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.SetField;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.ObjectRules.SharingRule;
import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.permissions.conformance.Schema.OnDelete;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What authors might write about permissions, in all combinations that mean something. */
final class RandomRules {

    private static final List<String> SETS = List.of("everyone", "sales", "support", "boss", "hr", "admin");
    private static final List<String> ROLES = List.of("sales", "support", "boss", "hr", "owner", "member");

    private final Random random;
    private final OnDelete taskOfAccount;
    private final OnDelete taskOfDeal;
    private final Schema schema;
    private final RandomConditions conditions;

    private RandomRules(Random random) {
        this.random = random;
        this.taskOfAccount = one(List.of(OnDelete.values()));
        // One way down to a task at most, for of two the document does not say which counts.
        this.taskOfDeal = taskOfAccount == OnDelete.CASCADE
                ? one(List.of(OnDelete.RESTRICT, OnDelete.SET_NULL))
                : one(List.of(OnDelete.values()));
        this.schema = new Schema(taskOfAccount, taskOfDeal);
        this.conditions = new RandomConditions(random, schema);
    }

    static Rules of(Random random) {
        var made = new RandomRules(random);
        var objects = new LinkedHashMap<String, ObjectRules>();
        Schema.OBJECTS.forEach(object -> objects.put(object, made.object(object)));
        return new Rules(made.taskOfAccount, made.taskOfDeal, objects);
    }

    /** Somebody of the organization, seldom an administrator of the platform. */
    static Person person(Random random) {
        Set<String> roles = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            roles.add(ROLES.get(random.nextInt(ROLES.size())));
        }
        return new Person(RandomWorld.USERS.get(random.nextInt(RandomWorld.USERS.size())), roles,
                random.nextInt(25) == 0);
    }

    private ObjectRules object(String object) {
        var sets = new LinkedHashMap<String, SetRules>();
        SETS.stream().filter(_ -> chance(55)).forEach(name -> sets.put(name, set(object)));
        var listed = new LinkedHashMap<String, List<String>>();
        if (chance(30)) {
            for (String key : List.of("create", "read", "update", "delete")) {
                if (chance(50)) {
                    listed.put(key, names());
                }
            }
            List.of("view_all", "modify_all").stream().filter(_ -> chance(15)).forEach(key -> listed.put(key, names()));
        }
        var roles = new LinkedHashMap<String, Role>();
        ROLES.stream().filter(_ -> chance(10)).forEach(name -> roles.put(name,
                new Role(chance(60) ? names() : List.of(), chance(40) ? names() : List.of())));
        var fields = new LinkedHashMap<String, FieldRules>();
        schema.fields(object).values().stream().filter(field -> chance(restrictable(field)))
                .forEach(field -> fields.put(field.name(), field(field)));
        return new ObjectRules(sets, listed, roles, fields, chance(50) ? recordRules(object) : List.of(),
                chance(70) ? sharing(object) : null, chance(40) ? sharingRules(object) : List.of(),
                chance(35) ? rowSecurity(object) : null, random.nextBoolean());
    }

    private SetRules set(String object) {
        var grants = new LinkedHashMap<Operation, Grant>();
        for (Operation operation : Operation.values()) {
            if (chance(operation == Operation.READ ? 85 : 65)) {
                grants.put(operation, chance(25)
                        ? new Grant(true, some(2, () -> conditions.compare(object)))
                        : new Grant(chance(75), List.of()));
            }
        }
        var fields = new LinkedHashMap<String, SetField>();
        schema.fields(object).values().stream().filter(field -> restrictable(field) > 0 && chance(6))
                .forEach(field -> fields.put(field.name(), switch (random.nextInt(4)) {
                    case 0 -> new SetField(false, false, null);
                    case 1 -> new SetField(true, false, null);
                    case 2 -> new SetField(null, false, true);
                    default -> new SetField(true, true, false);
                }));
        return new SetRules(grants, chance(5), chance(4), chance(10) ? names() : List.of(), fields);
    }

    /** How likely a field is restricted, in percent. */
    private static int restrictable(Schema.Field field) {
        return switch (field.kind()) {
            case Kind.Text _,Kind.Email _,Kind.Choice _,Kind.Whole _,Kind.File _ -> 20;
            case Kind.Lookup _ -> field.name().endsWith("_by") ? 0 : 6;
            case Kind.Formula _,Kind.Summary _ -> 5;
            case Kind.Platform _ -> 0;
        };
    }

    private FieldRules field(Schema.Field field) {
        boolean own = !field.name().equals("owner");
        boolean create = chance(15);
        return new FieldRules(own && chance(30) ? nobodyOr() : null, own && chance(30) ? nobodyOr() : null,
                chance(30) ? nobodyOr() : null, create || chance(30) ? nobodyOr() : null, create ? nobodyOr() : null,
                chance(35) ? mask(field) : null);
    }

    private @Nullable Mask mask(Schema.Field field) {
        MaskPlace place = one(List.of(MaskPlace.values()));
        String format = switch (field.kind()) {
            case Kind.Text _,Kind.File _ -> one(List.of("full", "last4", "not shown"));
            case Kind.Email _ -> one(List.of("full", "last4", "email"));
            case Kind.Whole _ -> one(List.of("full", "last4"));
            case Kind.Choice _,Kind.Lookup _,Kind.Formula _,Kind.Summary _,Kind.Platform _ -> null;
        };
        return format == null
                ? null
                : new Mask(place, format, place == MaskPlace.FIELD_MASKING && chance(60) ? names() : null);
    }

    private List<RecordRule> recordRules(String object) {
        var rules = new ArrayList<RecordRule>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            var operations = new LinkedHashSet<Operation>();
            var permissions = new LinkedHashMap<Operation, Boolean>();
            int kind = random.nextInt(10);
            if (kind < 4) {
                operations.addAll(some(3, () -> one(List.of(Operation.values()))));
            } else if (kind < 9) {
                for (Operation operation : Operation.values()) {
                    if (chance(60)) {
                        permissions.put(operation, chance(65));
                    }
                }
                permissions.putIfAbsent(Operation.READ, chance(65));
            }
            rules.add(new RecordRule("rule_" + i, chance(70) ? random.nextInt(-1, 4) : null,
                    chance(60) ? names() : List.of(), List.copyOf(operations), permissions, conditions.of(object, 2),
                    random.nextBoolean()));
        }
        return rules;
    }

    private Sharing sharing(String object) {
        Default byDefault = one(List.of(Default.values()));
        if (byDefault != Default.CONTROLLED_BY_PARENT) {
            return new Sharing(byDefault, null);
        }
        return switch (object) {
            case Schema.DEALS -> new Sharing(byDefault, chance(50) ? "account" : null);
            case Schema.TASKS -> new Sharing(byDefault, chance(50) && cascades() ? null : one(schema.lookups(object)));
            default -> new Sharing(Default.PRIVATE, null);
        };
    }

    private boolean cascades() {
        return taskOfAccount == OnDelete.CASCADE || taskOfDeal == OnDelete.CASCADE;
    }

    private List<SharingRule> sharingRules(String object) {
        var rules = new ArrayList<SharingRule>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var permissions = new LinkedHashMap<Operation, Boolean>();
            String access = chance(60) ? one(List.of("read", "read_write", "full")) : null;
            if (access == null) {
                permissions.put(Operation.READ, chance(80));
                permissions.put(Operation.UPDATE, chance(50));
                permissions.put(Operation.DELETE, chance(50));
            }
            boolean users = chance(30);
            rules.add(new SharingRule("share_" + i, conditions.of(object, 1), users ? List.of() : names(),
                    users ? List.of(user(), user()) : List.of(), access, permissions,
                    random.nextBoolean()));
        }
        return rules;
    }

    private String user() {
        int number = random.nextInt(RandomWorld.USERS.size());
        return random.nextBoolean() ? RandomWorld.USERS.get(number).toString() : RandomWorld.email(number);
    }

    private RowSecurity rowSecurity(String object) {
        var exceptions = new ArrayList<Exemption>();
        for (int i = random.nextInt(3); i > 0; i--) {
            exceptions.add(new Exemption(one(SETS), chance(40) ? null : conditions.of(object, 1)));
        }
        return new RowSecurity(chance(85), conditions.of(object, 1), exceptions, random.nextBoolean());
    }

    private List<String> nobodyOr() {
        return chance(10) ? List.of() : names();
    }

    /** One to three sets. */
    private List<String> names() {
        return List.copyOf(new LinkedHashSet<>(some(3, () -> one(SETS))));
    }

    private <T> List<T> some(int most, java.util.function.Supplier<T> next) {
        var list = new ArrayList<T>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            list.add(next.get());
        }
        return list;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
