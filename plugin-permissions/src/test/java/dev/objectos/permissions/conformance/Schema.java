package dev.objectos.permissions.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of every case: accounts, deals that are details of accounts, tasks that refer to both, and users. What
 * happens to a task when what it refers to goes differs from case to case.
 */
final class Schema {

    static final String ACCOUNTS = "accounts";
    static final String DEALS = "deals";
    static final String TASKS = "tasks";
    static final String USER = "user";

    /** The field of tasks that holds a file. */
    static final String SCAN = "scan";

    /** Those whose permissions differ from case to case, parents before children. */
    static final List<String> OBJECTS = List.of(ACCOUNTS, DEALS, TASKS);

    private static final List<String> SYSTEM = List.of("id", "owner", "created_at", "created_by", "updated_at",
            "updated_by", "version");

    private final Map<String, Map<String, Field>> objects = new LinkedHashMap<>();

    /** What happens to a record when that which it refers to is deleted. */
    enum OnDelete {
        CASCADE, RESTRICT, SET_NULL
    }

    /** What a field holds. */
    sealed interface Kind {

        record Text(boolean searchable) implements Kind {}

        record Email() implements Kind {}

        record Choice(List<String> options) implements Kind {}

        record Whole() implements Kind {}

        /** The id of a file. */
        record File() implements Kind {}

        record Lookup(String target, OnDelete onDelete, boolean masterDetail) implements Kind {}

        /** @param function of the values of the inputs */
        record Formula(String expression, String type, List<List<String>> inputs,
                Function<List<@Nullable Object>, @Nullable Object> function, boolean declassified) implements Kind {}

        /** @param field of the child that is summed; null: children are counted */
        record Summary(String child, String via, @Nullable String field) implements Kind {}

        /** The platform's own: ids, times, versions. */
        record Platform() implements Kind {}
    }

    /** A field with its name. */
    record Field(String name, Kind kind) {

        boolean stored() {
            return !(kind instanceof Kind.Formula);
        }

        boolean derived() {
            return kind instanceof Kind.Formula || kind instanceof Kind.Summary;
        }
    }

    /** A lookup seen from what it leads to. */
    record Incoming(String object, String field, Kind.Lookup lookup) {}

    Schema(OnDelete taskOfAccount, OnDelete taskOfDeal) {
        object(ACCOUNTS, //
                new Field("name", new Kind.Text(true)), //
                new Field("status", new Kind.Choice(List.of("open", "closed", "won"))), //
                new Field("amount", new Kind.Whole()), //
                new Field("region", new Kind.Text(true)), //
                new Field("email", new Kind.Email()), //
                new Field("doubled", formula("record.amount * 2", "number", List.of(List.of("amount")),
                        values -> times(values.getFirst(), 2))), //
                new Field("place", formula("coalesce(record.region, 'nowhere')", "text", List.of(List.of("region")),
                        values -> values.getFirst() == null ? "nowhere" : values.getFirst())), //
                new Field("told", new Kind.Formula("record.amount * 3", "number", List.of(List.of("amount")),
                        values -> times(values.getFirst(), 3), true)), //
                new Field("deal_total", new Kind.Summary(DEALS, "account", "value")), //
                new Field("deal_count", new Kind.Summary(DEALS, "account", null)));
        object(DEALS, //
                new Field("account", new Kind.Lookup(ACCOUNTS, OnDelete.CASCADE, true)), //
                new Field("title", new Kind.Text(true)), //
                new Field("value", new Kind.Whole()), //
                new Field("stage", new Kind.Choice(List.of("first", "lost", "done"))), //
                new Field("note", new Kind.Text(true)), //
                new Field("account_name", formula("record.account.name", "text", List.of(List.of("account", "name")),
                        List::getFirst)), //
                new Field("account_twice", formula("record.account.doubled", "number",
                        List.of(List.of("account", "doubled")), List::getFirst)));
        object(TASKS, //
                new Field("account", new Kind.Lookup(ACCOUNTS, taskOfAccount, false)), //
                new Field("deal", new Kind.Lookup(DEALS, taskOfDeal, false)), //
                new Field("subject", new Kind.Text(true)), //
                new Field("hours", new Kind.Whole()), //
                new Field("state", new Kind.Choice(List.of("todo", "done"))), //
                new Field(SCAN, new Kind.File()));
        object(USER, //
                new Field("name", new Kind.Text(true)), //
                new Field("email", new Kind.Email()), //
                new Field("username", new Kind.Text(true)), //
                new Field("avatar", new Kind.Text(false)), //
                new Field("locale", new Kind.Text(false)), //
                new Field("timezone", new Kind.Text(false)), //
                new Field("manager", new Kind.Lookup(USER, OnDelete.SET_NULL, false)));
    }

    Map<String, Field> fields(String object) {
        return Objects.requireNonNull(objects.get(object));
    }

    @Nullable
    Field field(String object, String name) {
        return fields(object).get(name);
    }

    Kind.Lookup lookup(String object, String name) {
        return (Kind.Lookup) Objects.requireNonNull(field(object, name)).kind();
    }

    List<String> lookups(String object) {
        return fields(object).values().stream().filter(field -> field.kind() instanceof Kind.Lookup)
                .map(Field::name).filter(name -> !SYSTEM.contains(name)).toList();
    }

    /** Lookups of the objects of the case that lead to an object. */
    List<Incoming> incoming(String target) {
        var incoming = new ArrayList<Incoming>();
        for (String object : OBJECTS) {
            for (String name : lookups(object)) {
                Kind.Lookup lookup = lookup(object, name);
                if (lookup.target().equals(target)) {
                    incoming.add(new Incoming(object, name, lookup));
                }
            }
        }
        return incoming;
    }

    private void object(String name, Field... own) {
        var fields = new LinkedHashMap<String, Field>();
        for (Field field : own) {
            fields.put(field.name(), field);
        }
        for (String system : SYSTEM) {
            fields.putIfAbsent(system, new Field(system, system.equals("owner") || system.endsWith("_by")
                    ? new Kind.Lookup(USER, OnDelete.SET_NULL, false)
                    : new Kind.Platform()));
        }
        objects.put(name, fields);
    }

    private static Kind.Formula formula(String expression, String type, List<List<String>> inputs,
            Function<List<@Nullable Object>, @Nullable Object> function) {
        return new Kind.Formula(expression, type, inputs, function, false);
    }

    private static @Nullable Object times(@Nullable Object value, int factor) {
        return value instanceof Integer number ? number * factor : null;
    }
}
