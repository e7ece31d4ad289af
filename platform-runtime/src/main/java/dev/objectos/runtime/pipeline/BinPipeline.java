package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.Draft;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.SecurityEvent;
import dev.objectos.runtime.sql.BinRows;
import dev.objectos.runtime.sql.WriteConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The door to the recycle bin: it is read as records are, and what comes back takes the write path. */
public final class BinPipeline implements RecycleBin {

    private final Catalogs catalogs;
    private final ReadPipeline reads;
    private final WritePipeline writes;
    private final RecordPipeline.Observer observer;
    private final Consumer<SecurityEvent> events;
    private final Clock clock;

    /** @param events told of what is removed for good, which is a change of no record */
    public BinPipeline(Catalogs catalogs, ReadPipeline reads, WritePipeline writes, RecordPipeline.Observer observer,
            Consumer<SecurityEvent> events, Clock clock) {
        this.catalogs = catalogs;
        this.reads = reads;
        this.writes = writes;
        this.observer = observer;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        requireBin(catalogs.current(), query.object());
        JsonDocument answer = reads.bin(query, session);
        observer.found(query.object(), null, answer, session);
        return answer;
    }

    @Override
    public RecordDocument restore(String object, UUID id, Session session) {
        return Repetition.of(session, repetition -> catalogs.write(catalog -> {
            ObjectDefinition definition = requireBin(catalog, object);
            if (repetition.earlier() == null) {
                WriteUnit unit = repetition.transaction(writes.executor(), session, false,
                        connection -> restored(connection, catalog, definition, id, session), _ -> Effect.of(id));
                writes.committed(unit.changes());
            }
            return writes.answer(definition.name(), id, session);
        }));
    }

    private WriteUnit restored(WriteConnection connection, Catalog catalog, ObjectDefinition object, UUID id,
            Session session) throws SQLException {
        WriteUnit unit = writes.unit(connection, catalog, session);
        unit.restore(writes.planner().restore(catalog, object.name(), id, session));
        unit.finish();
        return unit;
    }

    @Override
    public void purge(String object, UUID id, Session session) {
        Repetition.of(session, repetition -> {
            Catalog catalog = catalogs.current();
            ObjectDefinition definition = requireBin(catalog, object);
            if (repetition.earlier() == null) {
                repetition.transaction(writes.executor(), session, false,
                        connection -> purged(connection, catalog, definition, id, session), _ -> Effect.of(id));
                tell("record.purged", session, Map.of("object", definition.name(), "record", id.toString()));
            }
            return id;
        });
    }

    private boolean purged(WriteConnection connection, Catalog catalog, ObjectDefinition object, UUID id,
            Session session) throws SQLException {
        Draft admitted = writes.planner().delete(catalog, new Mutation.Delete(object.name(), id, null), session);
        RecordJudge judge = writes.unit(connection, catalog, session).rights();
        List<UUID> found = BinRows.taken(connection, object, id).isEmpty() ? List.of() : List.of(admitted.id());
        Boolean permitted = judge.changeableInBin(object, ChangeAction.DELETE, found).get(id);
        if (permitted == null) {
            throw Restoration.missing(object, id);
        }
        if (!permitted) {
            throw RecordJudge.denied(object, ChangeAction.DELETE);
        }
        return BinRows.purge(connection, object, id) > 0;
    }

    @Override
    public int empty(String object, Session session) {
        ObjectDefinition definition = requireBin(catalogs.current(), object);
        session.require(SystemPermission.MANAGE_DATA, "Only administrators empty the recycle bin");
        int removed = writes.executor().transaction(session, false,
                connection -> BinRows.purge(connection, definition));
        tell("recycle-bin.emptied", session,
                Map.of("object", definition.name(), "records", Integer.toString(removed)));
        return removed;
    }

    private void tell(String action, Session session, Map<String, String> details) {
        UserIdentity impersonator = session.impersonator();
        events.accept(new SecurityEvent(action, clock.instant(), null, session.tenant(), session.userId(),
                impersonator == null ? null : impersonator.id(), null, null, details));
    }

    private static ObjectDefinition requireBin(Catalog catalog, String name) {
        ObjectDefinition object = MutationPlanner.object(catalog, name);
        if (!BinFields.kept(object)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                    object.pluralLabel() + " have no recycle bin: what is deleted is gone").about(object.name());
        }
        return object;
    }
}
