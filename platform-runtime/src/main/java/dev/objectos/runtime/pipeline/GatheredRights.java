package dev.objectos.runtime.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks everybody who has a say about reading and writing, once for all sessions that are alike. */
public final class GatheredRights implements ObjectRights {

    private static final int MOST = 20_000;

    private final Supplier<List<QueryRewriter>> rewriters;
    private final FieldViews views;
    private final List<WriteRights> writes;
    private final Trial trial;

    /** @param rewriters those that narrow reads at the moment; what is handed out must not change */
    public GatheredRights(Supplier<List<QueryRewriter>> rewriters, List<WriteRights> writes, Trial trial) {
        this.rewriters = rewriters;
        this.views = new FieldViews(rewriters);
        this.writes = List.copyOf(writes);
        this.trial = trial;
    }

    /** Tries a filter on stored records. */
    public interface Trial {

        /** Those of the ids whose records the filter lets through. */
        Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session);
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return alike(rewriters.get(), session.withoutScopes(), catalog);
    }

    @Override
    public ObjectAccess of(ObjectDefinition object, Session session, Catalog catalog) {
        Session user = session.withoutScopes();
        List<QueryRewriter> now = rewriters.get();
        var question = new Question(object.name(), alike(now, user, catalog));
        Cache<Question, ObjectAccess> known = catalog.derive(Known.class, _ -> new Known()).access();
        ObjectAccess access = known.getIfPresent(question);
        if (access == null) {
            access = gather(object, now, user, catalog);
            known.put(question, access);
        }
        return access;
    }

    @Override
    public Set<UUID> changeable(ObjectDefinition object, ChangeAction action, Collection<UUID> ids, Session session,
            Catalog catalog) {
        if (ids.isEmpty() || !of(object, session, catalog).changes().contains(action)) {
            return Set.of();
        }
        Session user = session.withoutScopes();
        List<RowFilter> filters = writes.stream().map(one -> one.rows(object, action, user, catalog))
                .filter(filter -> !filter.equals(RowFilter.EVERYTHING)).toList();
        return filters.isEmpty()
                ? Set.copyOf(ids)
                : trial.passing(object.name(), ids, new RowFilter.AllOf(filters), user);
    }

    private Alike alike(List<QueryRewriter> now, Session user, Catalog catalog) {
        return new Alike(now, now.stream().map(one -> one.fingerprint(user, catalog)).toList(),
                writes.stream().map(one -> one.fingerprint(user, catalog)).toList(), user.platformAdministrator());
    }

    private ObjectAccess gather(ObjectDefinition object, List<QueryRewriter> now, Session user, Catalog catalog) {
        boolean readable = permitted(() -> now.forEach(one -> one.admit(object, user, catalog)));
        FieldView view = views.of(object, user, catalog);
        var changes = EnumSet.noneOf(ChangeAction.class);
        if (!object.view() && (!object.global() || user.platformAdministrator())) {
            for (ChangeAction action : ChangeAction.values()) {
                if (permitted(() -> writes.forEach(one -> one.admit(object, action, user, catalog)))) {
                    changes.add(action);
                }
            }
        }
        return new ObjectAccess(readable, view.hidden(), view.masked().keySet(), changes,
                changes.contains(ChangeAction.CREATE)
                        ? writable(object, ChangeAction.CREATE, view, user, catalog)
                        : Set.of(),
                changes.contains(ChangeAction.UPDATE)
                        ? writable(object, ChangeAction.UPDATE, view, user, catalog)
                        : Set.of());
    }

    private Set<String> writable(ObjectDefinition object, ChangeAction action, FieldView view, Session user,
            Catalog catalog) {
        var fields = new HashSet<String>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.writable() && view.plain(field.name())) {
                fields.add(field.name());
            }
        }
        writes.forEach(one -> fields.removeAll(one.locked(object, action, user, catalog)));
        return fields;
    }

    private static boolean permitted(Runnable admission) {
        try {
            admission.run();
            return true;
        } catch (PlatformException e) {
            if (e.code().kind() != ErrorKind.DENIED) {
                throw e;
            }
            return false;
        }
    }

    /** What sessions have in common to whom the same is said. */
    private record Alike(List<QueryRewriter> rewriters, List<Object> reading, List<Object> writing,
            boolean administrator) {}

    private record Question(String object, Alike alike) {}

    private record Known(Cache<Question, ObjectAccess> access) {

        Known() {
            this(Caffeine.newBuilder().maximumSize(MOST).build());
        }
    }
}
