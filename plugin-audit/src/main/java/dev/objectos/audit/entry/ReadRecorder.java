package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.ObjectRights;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what people do with records that is no change: what they read, look for and are refused, and which sensitive fields they are
 * shown, of objects that ask for it ({@code audit: {events: [read, access_denied, sensitive_field_access]}}), and every export.
 */
public final class ReadRecorder {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<EntryStore> entries;
    private final Supplier<Retention> retention;
    private final Supplier<ObjectRights> rights;
    private final Supplier<Catalog> catalog;
    private final Supplier<Clock> clock;

    /** Everything is asked for when it is first needed, for everything needs records. */
    public ReadRecorder(Supplier<EntryStore> entries, Supplier<Retention> retention, Supplier<ObjectRights> rights,
            Supplier<Catalog> catalog, Supplier<Clock> clock) {
        this.entries = entries;
        this.retention = retention;
        this.rights = rights;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Does what somebody asks for, and notes where it is refused.
     *
     * @param object null: the refusal says which
     */
    <T> T asked(@Nullable String object, @Nullable UUID record, String operation, Session session, Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException e) {
            denied(object, record, operation, session, e);
            throw e;
        }
    }

    void denied(@Nullable String object, @Nullable UUID record, String operation, Session session,
            PlatformException refusal) {
        String about = object == null ? refusal.object() : object;
        if (about != null && refusal.code() == RuntimeError.PERMISSION_DENIED) {
            add(about, record, Retention.DENIED, session, (known, of) -> retention.get().denials(known, of),
                    () -> Map.of("operation", operation, "because", refusal.message()));
        }
    }

    void read(RecordQuery query, Session session) {
        note(query.object(), query.id(), "read", session, Map::of);
        show("read", query, session, of -> ShownFields.of(query, of), () -> 1);
    }

    void found(Query query, JsonDocument answer, Session session) {
        note(query.object(), null, "query", session, () -> QueryOutline.of(query));
        show("query", null, session, of -> ShownFields.of(query, of), () -> size(answer, "records"));
    }

    void found(SelectionQuery query, JsonDocument answer, Session session) {
        for (SelectionQuery.Root root : query.roots()) {
            String object = root.object();
            if (object != null) {
                note(object, null, "query", session, () -> QueryOutline.of(root));
                show("query", null, session, of -> ShownFields.of(root, of), () -> size(answer, root.name()));
            }
        }
    }

    /** Before the first record goes out. */
    void exporting(Query query, Session session) {
        export("export.started", query, session, Map.of());
    }

    /** @param whole false: it broke off */
    void exported(Query query, long rows, boolean whole, Session session) {
        export("export", query, session, Map.of("rows", rows, "whole", whole));
        show("export", null, session, of -> ShownFields.of(query, of), () -> rows);
    }

    /** Whatever the object says of reads: what leaves as a file is read elsewhere. */
    private void export(String action, Query query, Session session, Map<String, Object> more) {
        add(query.object(), null, action, session, (known, of) -> retention.get().recorded(known, of), () -> {
            Map<String, Object> details = QueryOutline.of(query);
            details.putAll(more);
            return details;
        });
    }

    private void note(String object, @Nullable UUID record, String action, Session session,
            Supplier<Map<String, Object>> details) {
        add(object, record, action, session, (known, of) -> retention.get().reads(known, of), details);
    }

    /**
     * Notes the sensitive fields that somebody is shown, of each object by itself.
     *
     * @param record the one that was asked for; null: several
     * @param shown the fields that an answer shows
     * @param many how many records it holds; of none nothing was shown
     */
    private void show(String operation, @Nullable RecordQuery record, Session session,
            Function<Catalog, Map<String, Set<String>>> shown, LongSupplier many) {
        if (session.user() == null) {
            return;
        }
        Catalog snapshot = catalog.get();
        Map<String, Set<String>> found = new SensitiveFields(retention.get(), rights.get())
                .among(() -> shown.apply(snapshot), session, snapshot);
        long size = found.isEmpty() ? 0 : many.getAsLong();
        if (size > 0) {
            found.forEach((object, fields) -> add(object,
                    record != null && record.object().equals(object) ? record.id() : null, Retention.SENSITIVE, session,
                    (_, _) -> true, () -> Map.of("operation", operation, "fields", fields, "records", size)));
        }
    }

    private static long size(JsonDocument answer, String member) {
        JsonNode found = JSON.readTree(answer.utf8()).path(member);
        return found.isArray() ? found.size() : found.isObject() ? 1 : 0;
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
}
