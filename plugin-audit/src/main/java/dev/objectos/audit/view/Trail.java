package dev.objectos.audit.view;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.audit.entry.EntryCursor;
import dev.objectos.audit.entry.EntryQuery;
import dev.objectos.audit.entry.EntryStore;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trail as somebody may see it. Who administers the tenant sees everything that was done there, except for values of
 * fields that are kept from them too; everybody else sees the history of the records that they can read, as far as its
 * fields.
 */
public final class Trail {

    private static final JsonMapper JSON = new JsonMapper();

    private final EntryStore entries;
    private final Supplier<Records> records;
    private final Supplier<Catalog> catalog;
    private final ObjectRights rights;

    public Trail(EntryStore entries, Supplier<Records> records, Supplier<Catalog> catalog,
            ObjectRights rights) {
        this.entries = entries;
        this.records = records;
        this.catalog = catalog;
        this.rights = rights;
    }

    /**
     * A part of what was found.
     *
     * @param next where it goes on; null: that was all
     */
    public record Page(List<AuditEntry> entries, @Nullable EntryCursor next) {}

    /**
     * Whatever was done in the tenant, newest first.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} for whoever does not administer it
     */
    public Page events(EntryQuery query, int limit, Session session) {
        Readers.requireReader(session);
        VisibleFields fields = fields(session);
        return page(query, limit, entry -> fields.of(entry));
    }

    /** The same, all of it, a few entries in memory at a time. */
    public void stream(EntryQuery query, Session session, Consumer<AuditEntry> consumer) {
        Readers.requireReader(session);
        VisibleFields fields = fields(session);
        entries.stream(query, entry -> consumer.accept(fields.of(entry)));
    }

    /**
     * What was done to a record, newest first.
     *
     * @param field whose changes alone are wanted; null: of all
     * @throws PlatformException {@code OBJECT_NOT_FOUND}, {@code RECORD_NOT_FOUND} and {@code INVALID_FIELD} for what there is
     *         not, or not for this session
     */
    public Page of(String object, UUID record, @Nullable String field, @Nullable EntryCursor after, int limit,
            Session session) {
        Predicate<String> readable = session.may(SystemPermission.VIEW_AUDIT)
                ? _ -> true
                : readable(object, record, session);
        VisibleFields fields = fields(session);
        if (field != null && !(readable.test(field) && known(object, field) && fields.shows(object, field))) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, object + " has no field " + field).about(object);
        }
        Predicate<String> wanted = name -> readable.test(name) && (field == null || field.equals(name));
        boolean place = session.may(SystemPermission.VIEW_AUDIT);
        Page page = page(EntryQuery.about(session.tenant(), object, record, field, after), limit, entry -> {
            AuditEntry shown = fields.of(entry, wanted);
            return place ? shown : shown.withoutPlace();
        });
        if (page.entries().isEmpty() && after == null && place) {
            readable(object, record, session);
        }
        return page;
    }

    private Page page(EntryQuery query, int limit, java.util.function.UnaryOperator<AuditEntry> shown) {
        List<AuditEntry> found = entries.page(query, limit + 1);
        boolean more = found.size() > limit;
        List<AuditEntry> kept = more ? found.subList(0, limit) : found;
        return new Page(kept.stream().map(shown).toList(), more ? EntryCursor.of(kept.getLast()) : null);
    }

    private VisibleFields fields(Session session) {
        return new VisibleFields(rights, catalog.get(), session);
    }

    /** The fields of a record that is there and that the session can read. */
    private Predicate<String> readable(String object, UUID record, Session session) {
        Set<String> names = JSON
                .readTree(records.get().get(new RecordQuery(object, record, List.of(), List.of()), session).json()
                        .utf8())
                .propertyNames().stream().collect(Collectors.toSet());
        return names::contains;
    }

    /** Of an object that is no more every field may have been. */
    private boolean known(String object, String field) {
        return catalog.get().object(object).map(ObjectDefinition::fields).map(all -> all.containsKey(field))
                .orElse(true);
    }
}
