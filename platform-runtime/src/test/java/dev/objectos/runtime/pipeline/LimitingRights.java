package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes away the changes that a test says, from all but the platform itself and whoever has the role {@code admin}. */
final class LimitingRights implements WriteRights {

    private final Set<Change> refused = new HashSet<>();
    private final Map<Change, RowFilter> rows = new HashMap<>();
    private final Map<Change, Set<String>> locked = new HashMap<>();

    private record Change(String object, ChangeAction action) {}

    LimitingRights refuse(String object, ChangeAction action) {
        refused.add(new Change(object, action));
        return this;
    }

    LimitingRights rows(String object, ChangeAction action, RowFilter filter) {
        rows.put(new Change(object, action), filter);
        return this;
    }

    LimitingRights lock(String object, ChangeAction action, String... fields) {
        locked.put(new Change(object, action), Set.of(fields));
        return this;
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return List.of(session.roles(), session.isSystem());
    }

    @Override
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        if (!unlimited(session) && refused.contains(new Change(object.name(), action))) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "Nobody may " + action.word() + " any");
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return unlimited(session)
                ? RowFilter.EVERYTHING
                : rows.getOrDefault(new Change(object.name(), action), RowFilter.EVERYTHING);
    }

    @Override
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return unlimited(session) ? Set.of() : locked.getOrDefault(new Change(object.name(), action), Set.of());
    }

    private static boolean unlimited(Session session) {
        return session.isSystem() || session.roles().contains("admin");
    }
}
