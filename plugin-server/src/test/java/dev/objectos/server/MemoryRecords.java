package dev.objectos.server;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.json.JsonAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records in a map, with as much of queries as a client needs to be tried: equality, beginnings, one order, a limit. */
final class MemoryRecords implements Records {

    private final Map<UUID, Map<String, @Nullable Object>> stored = new LinkedHashMap<>();
    private long clock;

    @Override
    public synchronized JsonDocument query(Query query, Session session) {
        var found = new ArrayList<Map<String, @Nullable Object>>();
        for (Map<String, @Nullable Object> values : stored.values()) {
            if (holds(query.where(), values)) {
                found.add(values);
            }
        }
        query.orderBy().forEach(sort -> {
            Comparator<Map<String, @Nullable Object>> order = Comparator
                    .comparing(values -> String.valueOf(values.get(sort.field().first())));
            found.sort(sort.descending() ? order.reversed() : order);
        });
        var shown = found.stream().limit(query.page().limit()).map(values -> shown(query, values)).toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", query.object());
        answer.put("records", shown);
        answer.put("hasMore", found.size() > shown.size());
        return new JsonDocument(JsonAnswer.tree(answer));
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stream(Query query, RecordSink sink, Session session) {
        throw new UnsupportedOperationException("streams are tried on a real database");
    }

    @Override
    public synchronized RecordDocument get(RecordQuery query, Session session) {
        return document(query.object(), query.id());
    }

    @Override
    public synchronized RecordDocument create(Mutation.Create mutation, Session session) {
        UUID id = new UUID(0x0199000000007000L + stored.size() + ++clock, 0x8000000000000000L);
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("id", id.toString());
        values.putAll(mutation.values());
        values.put("version", 0L);
        stored.put(id, values);
        touch(values);
        return document(mutation.object(), id);
    }

    @Override
    public synchronized RecordDocument update(Mutation.Update mutation, Session session) {
        Map<String, @Nullable Object> values = values(mutation.id());
        boolean stale = switch (mutation.expected()) {
            case null -> false;
            case Expected.Version version -> !Long.valueOf(version.version()).equals(values.get("version"));
            case Expected.UpdatedAt updated -> !updated.at().toString().equals(values.get("updated_at"));
        };
        if (stale) {
            throw new PlatformException(RuntimeError.CONCURRENT_UPDATE, "changed meanwhile").with("currentVersion",
                    String.valueOf(values.get("version")));
        }
        values.putAll(mutation.values());
        touch(values);
        return document(mutation.object(), mutation.id());
    }

    @Override
    public synchronized void delete(Mutation.Delete mutation, Session session) {
        values(mutation.id());
        stored.remove(mutation.id());
    }

    @Override
    public synchronized BatchResult batch(Batch batch, Session session) {
        var outcomes = new ArrayList<BatchResult.Outcome>();
        for (Mutation mutation : batch.mutations()) {
            outcomes.add(switch (mutation) {
                case Mutation.Create create -> done(create(create, session), batch);
                case Mutation.Update update -> done(update(update, session), batch);
                case Mutation.Delete delete -> {
                    delete(delete, session);
                    yield new BatchResult.Outcome.Done(delete.id(), false, null);
                }
                case Mutation.Upsert _ -> throw new UnsupportedOperationException("no client call needs it");
            });
        }
        return new BatchResult(outcomes);
    }

    @Override
    @SuppressWarnings("NullAway") // class files lose that a mutation's values may be null
    public synchronized RecordDocument copy(String object, UUID id, Map<String, Object> overrides, Session session) {
        var values = new LinkedHashMap<>(values(id));
        values.putAll(overrides);
        values.remove("id");
        return create(new Mutation.Create(object, values), session);
    }

    private static BatchResult.Outcome done(RecordDocument record, Batch batch) {
        return new BatchResult.Outcome.Done(record.id(), true, batch.returnRecords() ? record.json() : null);
    }

    private RecordDocument document(String object, UUID id) {
        Map<String, @Nullable Object> values = values(id);
        return new RecordDocument(object, id, (Long) java.util.Objects.requireNonNull(values.get("version")),
                new JsonDocument(JsonAnswer.tree(values)));
    }

    private Map<String, @Nullable Object> values(UUID id) {
        Map<String, @Nullable Object> values = stored.get(id);
        if (values == null) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record");
        }
        return values;
    }

    private void touch(Map<String, @Nullable Object> values) {
        values.put("updated_at", Instant.ofEpochSecond(1_800_000_000L + ++clock).toString());
        values.compute("version", (_, version) -> version instanceof Long number ? number + 1 : 1L);
    }

    private static Map<String, @Nullable Object> shown(Query query, Map<String, @Nullable Object> values) {
        if (query.fields().isEmpty()) {
            return values;
        }
        var shown = new LinkedHashMap<String, @Nullable Object>();
        query.fields().forEach(field -> shown.put(field.first(), values.get(field.first())));
        return shown;
    }

    private static boolean holds(Predicate predicate, Map<String, @Nullable Object> values) {
        return switch (predicate) {
            case Predicate.And and -> and.terms().stream().allMatch(term -> holds(term, values));
            case Predicate.Or or -> or.terms().stream().anyMatch(term -> holds(term, values));
            case Predicate.Not not -> !holds(not.term(), values);
            case Predicate.Comparison comparison -> {
                String name = comparison.field().first();
                if (TestingCatalog.object("contacts").field(name).isEmpty()) {
                    throw new PlatformException(RuntimeError.INVALID_FIELD, "There is no field " + name);
                }
                String value = String.valueOf(values.get(name));
                String wanted = String.valueOf(((Operand.Literal) comparison.operand()).value());
                yield comparison.operator() == Operator.STARTS_WITH ? value.startsWith(wanted) : value.equals(wanted);
            }
        };
    }
}
