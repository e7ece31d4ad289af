package dev.objectos.automation.run;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see after a change: the record as the change has left it, where it has changed a field, and as it stands
 * now otherwise; for a deletion as it was.
 */
final class RunContext implements EvaluationContext {

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final Run run;
    private final StoredRecords stored;
    private final Session session;
    private final Map<String, @Nullable Object> before = new HashMap<>();
    private final Map<String, @Nullable Object> after = new HashMap<>();

    RunContext(Catalog catalog, ObjectDefinition object, Run run, StoredRecords stored, Session platform) {
        this.catalog = catalog;
        this.object = object;
        this.run = run;
        this.stored = stored;
        run.changes().forEach((name, change) -> object.field(name).ifPresent(field -> {
            if (change instanceof Map<?, ?> values) {
                before.put(name, StoredRecords.value(field, values.get("from")));
                after.put(name, StoredRecords.value(field, values.get("to")));
            }
        }));
        this.session = acting(platform);
    }

    /** The platform's own session, in the name of who made the change. */
    private Session acting(Session platform) {
        UUID actor = run.actor();
        ObjectDefinition users = catalog.object(Catalog.USER).orElseThrow();
        Map<String, @Nullable Object> user = actor == null ? null : stored.row(users, actor);
        if (actor == null || user == null) {
            return platform;
        }
        String zone = Objects.toString(user.get("timezone"), "");
        return new Session(platform.tenant(), new UserIdentity(actor, Objects.toString(user.get("email"), ""),
                Objects.toString(user.get("name"), ""), (String) user.get("username")), platform.roles(),
                platform.platformAdministrator(), locale(user.get("locale")),
                ZoneId.getAvailableZoneIds().contains(zone) ? ZoneId.of(zone) : platform.zone(), platform.origin());
    }

    static Locale locale(@Nullable Object written) {
        return written == null ? Locale.ENGLISH : Locale.forLanguageTag(written.toString().replace('_', '-'));
    }

    @Override
    public @Nullable Object record(FieldPath path) {
        String first = path.first();
        Map<String, @Nullable Object> changed = run.action() == ChangeAction.DELETE ? before : after;
        if (path.isDirect() && first.equals(SystemFields.ID)) {
            return run.record();
        }
        return value(changed.containsKey(first) ? changed.get(first) : now(first), path);
    }

    @Override
    public @Nullable Object previous(FieldPath path) {
        if (run.action() == ChangeAction.CREATE) {
            return null;
        }
        String first = path.first();
        return value(before.containsKey(first) ? before.get(first) : now(first), path);
    }

    private @Nullable Object now(String field) {
        Map<String, @Nullable Object> row = stored.row(object, run.record());
        return row == null ? null : row.get(field);
    }

    private @Nullable Object value(@Nullable Object first, FieldPath path) {
        Object value = first;
        ObjectDefinition of = object;
        List<String> segments = path.segments();
        for (int i = 1; i < segments.size(); i++) {
            if (!(value instanceof UUID id)
                    || !(of.field(segments.get(i - 1)).orElseThrow().type() instanceof FieldType.Reference reference)) {
                return null;
            }
            of = catalog.object(reference.target()).orElseThrow();
            Map<String, @Nullable Object> row = stored.row(of, id);
            value = row == null ? null : row.get(segments.get(i));
        }
        return value;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Instant now() {
        return run.occurredAt();
    }
}
