package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.RecordQuestion;
import dev.objectos.runtime.plan.ReferenceGraph;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.BoundQuery;
import dev.objectos.runtime.sql.ReferredRecords;
import dev.objectos.runtime.sql.WriteConnection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the session of one write may see and change. It asks on the write's own connection: what the write has done so far is
 * judged as it is now, and no second connection is waited for while one is held.
 */
final class RecordJudge implements ReferredRecords.Sight {

    private final RecordRights rights;
    private final WriteConnection connection;
    private final Catalog catalog;
    private final Session session;

    RecordJudge(RecordRights rights, WriteConnection connection, Catalog catalog) {
        this.rights = rights;
        this.connection = connection;
        this.catalog = catalog;
        this.session = connection.session();
    }

    @Override
    public boolean seesAll(ObjectDefinition object) {
        return rights.seesAll(object, session, catalog);
    }

    @Override
    public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids) throws SQLException {
        return ids.isEmpty() ? Set.of() : marked(new RecordQuestion.Seen(object.name()), ids).keySet();
    }

    @Override
    public boolean shows(ObjectDefinition object, FieldDefinition field) {
        return rights.shows(object, field, session, catalog);
    }

    /** Those of the stored records that the session sees, each with whether it may change it so. */
    Map<UUID, Boolean> changeable(ObjectDefinition object, ChangeAction action, Collection<UUID> ids)
            throws SQLException {
        if (ids.isEmpty() || rights.unrestricted(object, action, session, catalog)) {
            return ids.stream().collect(Collectors.toMap(Function.identity(), _ -> true));
        }
        return marked(new RecordQuestion.Changeable(object.name(), action), ids);
    }

    /** The same as {@link #changeable} of records in the recycle bin, as they lie there. */
    Map<UUID, Boolean> changeableInBin(ObjectDefinition object, ChangeAction action, Collection<UUID> ids)
            throws SQLException {
        if (ids.isEmpty() || rights.unrestricted(object, action, session, catalog)) {
            return ids.stream().collect(Collectors.toMap(Function.identity(), _ -> true));
        }
        return marked(new RecordQuestion.Binned(object.name(), action), ids);
    }

    /** Whether the session sees all of the stored records and may change them so. */
    boolean changesAll(ObjectDefinition object, ChangeAction action, Collection<UUID> ids) throws SQLException {
        Map<UUID, Boolean> changeable = changeable(object, action, ids);
        return ids.stream().allMatch(id -> changeable.getOrDefault(id, false));
    }

    /** Those of the stored records that the session may change so, seen or not. */
    Set<UUID> permitted(ObjectDefinition object, ChangeAction action, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty() || rights.changesAll(object, action, session, catalog)) {
            return Set.copyOf(ids);
        }
        return marked(new RecordQuestion.Permitted(object.name(), action), ids).entrySet().stream()
                .filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** Whether the lookup makes a record a part of the one that it leads to. */
    boolean part(ReferenceGraph.Incoming incoming) {
        return rights.part(incoming, catalog);
    }

    /** Whether the session may do such a thing to any record of the object. */
    boolean admits(ObjectDefinition object, ChangeAction action) {
        try {
            rights.admit(object, action, session, catalog);
            return true;
        } catch (PlatformException e) {
            if (e.code().kind() != ErrorKind.DENIED) {
                throw e;
            }
            return false;
        }
    }

    /**
     * How many records the session could find that refer to some others by a field; none where it may not read the object or
     * does not see the field.
     *
     * @param apart records that do not count
     */
    long referring(ObjectDefinition object, FieldDefinition reference, Collection<UUID> targets, Collection<UUID> apart)
            throws SQLException {
        BoundQuery question;
        try {
            question = rights.ask(new RecordQuestion.Referring(object.name(), reference.name()),
                    List.of(targets, apart), session, catalog);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.PERMISSION_DENIED && e.code() != RuntimeError.INVALID_FIELD) {
                throw e;
            }
            return 0;
        }
        return connection.count(question);
    }

    /** The refusal of a change of a record that the session sees, or would make. */
    static PlatformException denied(ObjectDefinition object, ChangeAction action) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED,
                "You may not " + action.word() + " this " + object.label()).about(object.name());
    }

    private Map<UUID, Boolean> marked(RecordQuestion question, Collection<UUID> ids) throws SQLException {
        return connection.marked(rights.ask(question, List.of(ids), session, catalog));
    }
}
