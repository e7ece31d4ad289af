package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.spi.Records;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what people read and look for, and what they are refused, of objects that ask for it
 * ({@code audit: {events: [read, access_denied]}}), and every export, before they are answered.
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
        JsonDocument answer = asked(query.object(), null, "query", session, () -> records.query(query, session));
        note(query.object(), null, "query", session, () -> told(query));
        return answer;
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        JsonDocument answer = asked(null, null, "query", session, () -> records.select(query, session));
        query.roots().forEach(root -> {
            String object = root.object();
            if (object != null) {
                note(object, null, "query", session, () -> told(root));
            }
        });
        return answer;
    }

    @Override
    public JsonDocument query(Query query, List<Session> alike) {
        JsonDocument answer = records.query(query, alike);
        alike.forEach(session -> note(query.object(), null, "query", session, () -> told(query)));
        return answer;
    }

    /** That it began is written down before the first record goes out, and how many they were once it has ended, well or not. */
    @Override
    public void stream(Query query, RecordSink sink, Session session) throws IOException {
        var counted = new CountedRecords(sink, () -> exported("export.started", query, session, Map.of()));
        boolean whole = false;
        try {
            records.stream(query, counted, session);
            whole = true;
        } catch (PlatformException e) {
            denied(query.object(), null, "export", session, e);
            throw e;
        } finally {
            if (counted.begun()) {
                exported("export", query, session, Map.of("rows", counted.rows(), "whole", whole));
            }
        }
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        RecordDocument answer = asked(query.object(), query.id(), "read", session, () -> records.get(query, session));
        note(query.object(), query.id(), "read", session, Map::of);
        return answer;
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        return asked(mutation.object(), null, "create", session, () -> records.create(mutation, session));
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        return asked(mutation.object(), mutation.id(), "update", session, () -> records.update(mutation, session));
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        asked(mutation.object(), mutation.id(), "delete", session, () -> {
            records.delete(mutation, session);
            return mutation;
        });
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        return asked(null, null, "change", session, () -> records.batch(batch, session));
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        return asked(object, id, "create", session, () -> records.copy(object, id, overrides, session));
    }

    /** @param object null: the refusal says which */
    private <T> T asked(@Nullable String object, @Nullable UUID record, String operation, Session session,
            Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException e) {
            denied(object, record, operation, session, e);
            throw e;
        }
    }

    private void denied(@Nullable String object, @Nullable UUID record, String operation, Session session,
            PlatformException refusal) {
        String about = object == null ? refusal.object() : object;
        if (about != null && refusal.code() == RuntimeError.PERMISSION_DENIED) {
            add(about, record, Retention.DENIED, session, (known, of) -> retention.get().denials(known, of),
                    () -> Map.of("operation", operation, "because", refusal.message()));
        }
    }

    /** Whatever the object says of reads: what leaves as a file is read elsewhere. */
    private void exported(String action, Query query, Session session, Map<String, Object> more) {
        add(query.object(), null, action, session, (known, of) -> retention.get().recorded(known, of), () -> {
            Map<String, Object> details = told(query);
            details.putAll(more);
            return details;
        });
    }

    private void note(String object, @Nullable UUID record, String action, Session session,
            Supplier<Map<String, Object>> details) {
        add(object, record, action, session, (known, of) -> retention.get().reads(known, of), details);
    }

    /** @param wanted whether the object asks for such entries */
    private void add(String object, @Nullable UUID record, String action, Session session,
            BiPredicate<ObjectDefinition, Catalog> wanted, Supplier<Map<String, Object>> details) {
        UserIdentity user = session.user();
        Catalog snapshot = catalog.get();
        ObjectDefinition known = snapshot.object(object).orElse(null);
        if (user == null || known == null || !wanted.test(known, snapshot)) {
            return;
        }
        RequestOrigin place = RequestOrigin.current();
        entries.get().add(new NewEntry(clock.get().instant(), action, object, record, user.id(),
                AuditRecorder.impersonator(session), session.tenant(), place.ipAddress(),
                place.userAgent(), place.requestId(), AuditRecorder.origin(session), details.get()),
                retention.get().days(known, snapshot, session.tenant()));
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

    private static Map<String, Object> told(SelectionQuery.Root root) {
        return switch (root) {
            case SelectionQuery.Root.Text _ -> Map.of();
            case SelectionQuery.Root.One one ->
                Map.of("fields", shown(List.of(one.selection())), "filter", "id eq");
            case SelectionQuery.Root.Several several -> Map.of("fields", shown(List.of(several.selection())),
                    "filter", filter(several.range().where()));
            case SelectionQuery.Root.Connection connection -> Map.of("fields",
                    shown(connection.page().selections()), "filter", filter(connection.page().where()));
            case SelectionQuery.Root.Groups groups ->
                Map.of("filter", filter(groups.groups().where()), "grouped", true);
        };
    }

    private static List<String> shown(List<Selection> selections) {
        return selections.stream().flatMap(selection -> selection.parts().stream()).map(part -> switch (part) {
            case Selection.Part.Value value -> value.field();
            case Selection.Part.Text text -> text.name();
            case Selection.Part.Lookup lookup -> lookup.field();
            case Selection.Part.Members members -> members.collection();
            case Selection.Part.Connection connection -> connection.collection();
            case Selection.Part.Groups groups -> groups.collection();
        }).distinct().toList();
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
