package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what people read and look for, of objects that ask for it ({@code audit: {events: [read]}}), before they are
 * answered.
 */
public final class AuditedReads implements Records {

    private final Records records;
    private final Supplier<EntryStore> entries;
    private final Supplier<Retention> retention;
    private final Supplier<Catalog> catalog;
    private final Supplier<Clock> clock;

    public AuditedReads(Records records, Supplier<EntryStore> entries, Supplier<Retention> retention,
            Supplier<Catalog> catalog, Supplier<Clock> clock) {
        this.records = records;
        this.entries = entries;
        this.retention = retention;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        JsonDocument answer = records.query(query, session);
        note(query.object(), null, "query", session, () -> told(query));
        return answer;
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        RecordDocument answer = records.get(query, session);
        note(query.object(), query.id(), "read", session, Map::of);
        return answer;
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        return records.create(mutation, session);
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        return records.update(mutation, session);
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        records.delete(mutation, session);
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        return records.batch(batch, session);
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        return records.copy(object, id, overrides, session);
    }

    private void note(String object, @Nullable UUID record, String action, Session session,
            Supplier<Map<String, Object>> details) {
        UserIdentity user = session.user();
        Catalog snapshot = catalog.get();
        if (user == null || snapshot.object(object).filter(known -> retention.get().reads(known, snapshot)).isEmpty()) {
            return;
        }
        RequestOrigin place = RequestOrigin.current();
        entries.get().add(new NewEntry(clock.get().instant(), action, object, record, user.id(),
                AuditRecorder.impersonator(session), session.tenant(), place.ipAddress(),
                place.userAgent(), place.requestId(), AuditRecorder.origin(session), details.get()),
                retention.get().days(snapshot.object(object).orElseThrow(), snapshot, session.tenant()));
    }

    /** What was asked, without the values that were looked for. */
    private static Map<String, Object> told(Query query) {
        var details = new LinkedHashMap<String, Object>();
        details.put("fields", query.fields().stream().map(AuditedReads::text).toList());
        details.put("filter", filter(query.where()));
        details.put("search", query.search() != null);
        details.put("grouped", query.grouped());
        return details;
    }

    private static Object filter(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> and.terms().stream().map(AuditedReads::filter).toList();
            case Predicate.Or or -> Map.of("or", or.terms().stream().map(AuditedReads::filter).toList());
            case Predicate.Not not -> Map.of("not", List.of(filter(not.term())));
            case Predicate.Comparison comparison ->
                text(comparison.field()) + " " + comparison.operator().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String text(FieldPath path) {
        return String.join(".", path.segments());
    }
}
