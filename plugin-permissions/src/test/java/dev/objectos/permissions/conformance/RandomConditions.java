package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Condition.Compare;
import dev.objectos.permissions.conformance.Condition.Op;
import dev.objectos.permissions.conformance.Condition.Operand;
import dev.objectos.permissions.conformance.Schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Conditions on records of an object. */
final class RandomConditions {

    private static final Operand NONE = new Operand.None();

    private final Random random;
    private final Schema schema;

    RandomConditions(Random random, Schema schema) {
        this.random = random;
        this.schema = schema;
    }

    Condition of(String object, int depth) {
        int kind = random.nextInt(10);
        if (depth > 0 && kind < 2) {
            return new Condition.All(several(object, depth));
        }
        if (depth > 0 && kind < 4) {
            return new Condition.Any(several(object, depth));
        }
        List<String> lookups = schema.lookups(object);
        if (depth > 0 && kind == 4 && !lookups.isEmpty()) {
            String lookup = one(lookups);
            return new Condition.Through(lookup, of(schema.lookup(object, lookup).target(), depth - 1));
        }
        return compare(object);
    }

    private List<Condition> several(String object, int depth) {
        var conditions = new ArrayList<Condition>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            conditions.add(of(object, depth - 1));
        }
        return conditions;
    }

    Compare compare(String object) {
        var path = new ArrayList<String>();
        String at = object;
        while (!schema.lookups(at).isEmpty() && random.nextInt(5) == 0) {
            String lookup = one(schema.lookups(at));
            path.add(lookup);
            at = schema.lookup(at, lookup).target();
        }
        List<Schema.Field> fields = schema.fields(at).values().stream()
                .filter(field -> !(field.kind() instanceof Kind.Platform) && !field.name().endsWith("_by")
                        && !field.derived())
                .toList();
        Schema.Field field = random.nextInt(3) == 0
                ? java.util.Objects.requireNonNull(schema.field(at, "owner"))
                : one(fields);
        path.add(field.name());
        return compare(path, field);
    }

    private Compare compare(List<String> path, Schema.Field field) {
        if (random.nextInt(12) == 0) {
            return new Compare(path, random.nextBoolean() ? Op.IS_NULL : Op.NOT_NULL, NONE);
        }
        return switch (field.kind()) {
            case Kind.Text _,Kind.Email _ -> random.nextInt(4) == 0
                    ? new Compare(path, one(List.of(Op.IN, Op.NOT_IN)), words())
                    : new Compare(path, one(List.of(Op.EQUALS, Op.NOT_EQUALS, Op.CONTAINS, Op.STARTS_WITH,
                            Op.ENDS_WITH)), new Operand.Constant(one(RandomWorld.WORDS)));
            case Kind.Choice(List<String> options) -> random.nextInt(3) == 0
                    ? new Compare(path, one(List.of(Op.IN, Op.NOT_IN)),
                            new Operand.Constant(List.copyOf(options.subList(0, 1 + random.nextInt(2)))))
                    : new Compare(path, one(List.of(Op.EQUALS, Op.EQUALS, Op.NOT_EQUALS)),
                            new Operand.Constant(one(options)));
            case Kind.Whole _ -> new Compare(path, one(List.of(Op.EQUALS, Op.NOT_EQUALS, Op.GREATER, Op.LESS,
                    Op.AT_LEAST, Op.AT_MOST)), new Operand.Constant(random.nextInt(6)));
            case Kind.Lookup _ when field.name().equals("owner") -> switch (random.nextInt(5)) {
                case 0 -> new Compare(path, Op.NOT_EQUALS, new Operand.Me());
                case 1, 2 -> new Compare(path, Op.IN, new Operand.Subordinates());
                default -> new Compare(path, Op.EQUALS, new Operand.Me());
            };
            case Kind.Lookup _,Kind.File _ ->
                new Compare(path, random.nextBoolean() ? Op.IS_NULL : Op.NOT_NULL, NONE);
            case Kind.Formula _,Kind.Summary _,Kind.Platform _ -> throw new IllegalArgumentException(field.name());
        };
    }

    private Operand words() {
        return new Operand.Constant(List.of(one(RandomWorld.WORDS), one(RandomWorld.WORDS)));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
