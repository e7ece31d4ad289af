package dev.objectos.runtime.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks everybody who has a say about reading and writing, once for all sessions that are alike. */
public final class GatheredRights implements ObjectRights {

    private static final int MOST = 20_000;

    private final FieldViews views;
    private final ChangeRights changes;
    private final RecordFilters filters;
    private final Supplier<Actions> actions;

    public GatheredRights(FieldViews views, ChangeRights changes, RecordFilters filters) {
        this(views, changes, filters, () -> Actions.NONE);
    }

    /** @param actions knows who may run which; asked for when it is first needed */
    public GatheredRights(FieldViews views, ChangeRights changes, RecordFilters filters, Supplier<Actions> actions) {
        this.views = views;
        this.changes = changes;
        this.filters = filters;
        this.actions = actions;
    }

    @Override
    public boolean runs(ObjectDefinition object, String action, Session session, Catalog catalog) {
        return actions.get().admits(object, action, session, catalog);
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        Session user = session.withoutScopes();
        return List.of(views.fingerprint(user, catalog), changes.fingerprints(user, catalog),
                user.platformAdministrator(), actions.get().fingerprint(user, catalog),
                Optional.ofNullable(session.scopes()));
    }

    @Override
    public Set<String> guarded(ObjectDefinition object, Catalog catalog) {
        return views.guarded(object, catalog);
    }

    @Override
    public ObjectAccess of(ObjectDefinition object, Session session, Catalog catalog) {
        ObjectAccess whole = ofUser(object, session.withoutScopes(), catalog);
        return session.scopes() == null ? whole : within(whole, object, session, catalog);
    }

    /** What a credential of limited use leaves of its user's rights. */
    private ObjectAccess within(ObjectAccess whole, ObjectDefinition object, Session session, Catalog catalog) {
        boolean readable = whole.readable() && views.admits(object, session, catalog);
        var left = EnumSet.noneOf(ChangeAction.class);
        whole.changes().stream().filter(action -> admits(object, action, session, catalog)).forEach(left::add);
        return new ObjectAccess(readable, readable ? whole.hidden() : object.fields().keySet(), whole.masked(), left,
                left.contains(ChangeAction.CREATE) ? whole.creatable() : Set.of(),
                left.contains(ChangeAction.UPDATE) ? whole.editable() : Set.of());
    }

    private ObjectAccess ofUser(ObjectDefinition object, Session user, Catalog catalog) {
        FieldView view = views.of(object, user, catalog);
        var question = new Question(object.name(), view, changes.fingerprints(user, catalog),
                user.platformAdministrator());
        Cache<Question, ObjectAccess> known = catalog.derive(Known.class, _ -> new Known()).access();
        ObjectAccess access = known.getIfPresent(question);
        if (access == null) {
            access = gather(object, view, user, catalog);
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
        RowFilter filter = changes.rows(object, action, user, catalog);
        return filter.equals(RowFilter.EVERYTHING)
                ? Set.copyOf(ids)
                : filters.passing(object.name(), ids, filter, user);
    }

    private ObjectAccess gather(ObjectDefinition object, FieldView view, Session user, Catalog catalog) {
        var admitted = EnumSet.noneOf(ChangeAction.class);
        if (!object.view() && (!object.global() || user.platformAdministrator())) {
            for (ChangeAction action : EnumSet.complementOf(EnumSet.of(ChangeAction.RESTORE))) {
                if (admits(object, action, user, catalog)) {
                    admitted.add(action);
                }
            }
        }
        return new ObjectAccess(view.readable(), view.hidden(), view.masked().keySet(), admitted,
                admitted.contains(ChangeAction.CREATE)
                        ? writable(object, ChangeAction.CREATE, view, user, catalog)
                        : Set.of(),
                admitted.contains(ChangeAction.UPDATE)
                        ? writable(object, ChangeAction.UPDATE, view, user, catalog)
                        : Set.of());
    }

    private boolean admits(ObjectDefinition object, ChangeAction action, Session user, Catalog catalog) {
        try {
            changes.admit(object, action, user, catalog);
            return true;
        } catch (PlatformException e) {
            if (e.code().kind() == ErrorKind.DENIED || e.code().kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Set<String> writable(ObjectDefinition object, ChangeAction action, FieldView view, Session user,
            Catalog catalog) {
        var fields = new HashSet<String>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.writable() && view.plain(field.name())) {
                fields.add(field.name());
            }
        }
        fields.removeAll(changes.locked(object, action, user, catalog));
        return fields;
    }

    private record Question(String object, FieldView view, List<Object> writing, boolean administrator) {}

    private record Known(Cache<Question, ObjectAccess> access) {

        Known() {
            this(Caffeine.newBuilder().maximumSize(MOST).build());
        }
    }
}
