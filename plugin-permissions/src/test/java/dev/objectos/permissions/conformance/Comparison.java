package dev.objectos.permissions.conformance;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts one request to the real paths and to the model, and says where they differ. */
final class Comparison {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** What the platform notes about a change. */
    private static final Set<String> NOTED = Set.of("version", "created_at", "updated_at", "updated_by");

    private final PermissionHarness harness;
    private final Rules rules;
    private final World world;
    private final Person person;

    /** The rules are published and the records stored. */
    Comparison(PermissionHarness harness, Rules rules, World world, Person person) {
        this.harness = harness;
        this.rules = rules;
        this.world = world;
        this.person = person;
    }

    /** What the model says of a request. */
    Verdict expected(Request request) {
        var rights = new ReferenceRights(rules, world, person);
        return switch (request) {
            case Request.Find(var query) -> new ReferenceReads(rights).find(query);
            case Request.Get(var query) -> new ReferenceReads(rights).get(query);
            case Request.Change(var mutation) -> new ReferenceWrites(rights).change(mutation);
            case Request.Several _,Request.Path _ ->
                throw new IllegalArgumentException("no single verdict: " + request);
        };
    }

    /** The difference in words, where there is one. Leaves the records as they were. */
    Optional<String> difference(Request request) {
        return switch (request) {
            case Request.Find _,Request.Get _ -> compared(request);
            case Request.Change _ -> {
                Optional<String> difference = compared(request);
                yield difference.isEmpty() && expected(request).refused() ? difference : restoring(difference);
            }
            case Request.Several several ->
                restoring(new BatchComparison(harness, rules, world, person).difference(several.batch()));
            case Request.Path path -> {
                Optional<String> difference = new PathComparison(harness, rules, world, person).difference(path);
                yield path.changes() ? restoring(difference) : difference;
            }
        };
    }

    private Optional<String> restoring(Optional<String> difference) {
        harness.store(world);
        return difference;
    }

    private Optional<String> compared(Request request) {
        Verdict expected = expected(request);
        @Nullable
        Object answer;
        try {
            answer = ask(harness.records(), request, PermissionHarness.session(person));
        } catch (PlatformException e) {
            return expected.refusals().contains(e.code())
                    ? changed(request, expected)
                    : Optional.of("refused with " + e.code() + " (" + e.message() + "), expected " + told(expected));
        }
        if (expected.refused()) {
            return Optional.of("answered " + answer + ", expected a refusal with " + expected.refusals());
        }
        boolean change = request instanceof Request.Change;
        Object known = plain(expected.answer(), change);
        Object seen = plain(answer, change);
        if (request instanceof Request.Find) {
            seen = comparable(seen, known);
        }
        return String.valueOf(known).equals(String.valueOf(seen))
                ? changed(request, expected)
                : Optional.of("answered\n  " + seen + "\nexpected\n  " + known);
    }

    private Optional<String> changed(Request request, Verdict expected) {
        return request instanceof Request.Change ? storedDifference(harness, expected.after()) : Optional.empty();
    }

    static Optional<String> storedDifference(PermissionHarness harness, World after) {
        World stored = harness.stored(after.schema());
        for (String object : Schema.OBJECTS) {
            String expected = String.valueOf(after.all(object).stream().map(Comparison::business).toList());
            String found = String.valueOf(stored.all(object).stream().map(Comparison::business).toList());
            if (!expected.equals(found)) {
                return Optional.of("stored " + object + "\n  " + found + "\nexpected\n  " + expected);
            }
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> business(Map<String, @Nullable Object> record) {
        var business = new TreeMap<String, @Nullable Object>(record);
        business.keySet().removeAll(NOTED);
        return business;
    }

    private static @Nullable Object ask(Records records, Request request, Session session) {
        return switch (request) {
            case Request.Find(var query) -> parse(records.query(query, session).toString());
            case Request.Get(var query) -> parse(records.get(query, session).json().toString());
            case Request.Change(Mutation.Create create) -> parse(records.create(create, session).json().toString());
            case Request.Change(Mutation.Update update) -> parse(records.update(update, session).json().toString());
            case Request.Change(Mutation.Delete delete) -> {
                records.delete(delete, session);
                yield null;
            }
            case Request.Change(Mutation.Upsert upsert) -> throw new IllegalArgumentException(upsert.toString());
            case Request.Several _,Request.Path _ -> throw new IllegalArgumentException(request.toString());
        };
    }

    static Object parse(String json) {
        return JSON.readValue(json, Object.class);
    }

    /** Of an answer what the model answers too; a total may be known without having been asked for. */
    private static @Nullable Object comparable(@Nullable Object answer, @Nullable Object expected) {
        if (!(answer instanceof Map<?, ?> seen) || !(expected instanceof Map<?, ?> known)) {
            return answer;
        }
        var kept = new TreeMap<String, @Nullable Object>();
        seen.forEach((key, value) -> {
            if (known.containsKey(key)) {
                kept.put(String.valueOf(key), value);
            }
        });
        return kept;
    }

    /** With sorted keys, and numbers that are equal looking equal. */
    static @Nullable Object plain(@Nullable Object value, boolean change) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, inner) -> {
                    if (!change || !NOTED.contains(String.valueOf(key))) {
                        sorted.put(String.valueOf(key), plain(inner, change));
                    }
                });
                yield sorted;
            }
            case List<?> list -> list.stream().map(inner -> plain(inner, change)).toList();
            case BigDecimal decimal -> decimal.stripTrailingZeros().toPlainString();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case String text -> "'" + text + "'";
            case null, default -> value;
        };
    }

    static String told(Verdict verdict) {
        return verdict.refused() ? "a refusal with " + verdict.refusals() : "the answer " + verdict.answer();
    }
}
