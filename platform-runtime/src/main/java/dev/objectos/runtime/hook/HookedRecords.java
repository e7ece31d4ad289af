package dev.objectos.runtime.hook;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.CurrentCatalog;
import dev.objectos.runtime.spi.Find;
import dev.objectos.runtime.spi.RecordHook.Point;
import dev.objectos.runtime.spi.Records;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door to records, with the hooks after reads behind it. */
public final class HookedRecords implements Records {

    private final Records records;
    private final Hooks hooks;
    private final CurrentCatalog catalog;

    public HookedRecords(Records records, Hooks hooks, CurrentCatalog catalog) {
        this.records = records;
        this.hooks = hooks;
        this.catalog = catalog;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        JsonDocument answer = records.query(query, session);
        found(query.object(), null, answer, session);
        return answer;
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        RecordDocument answer = records.get(query, session);
        found(answer.object(), answer.id(), answer.json(), session);
        return answer;
    }

    private void found(String object, @Nullable UUID record, JsonDocument answer, Session session) {
        List<JoinedRecordHook> observers = hooks.at(Point.AFTER_FIND);
        if (observers.isEmpty()) {
            return;
        }
        String name = catalog.get().object(object).map(ObjectDefinition::name).orElse(object);
        var find = new Find(name, record, session);
        for (JoinedRecordHook hook : observers) {
            if (hook.concerns(name)) {
                hook.caller().tell(hook.name(), "after a find of " + name, () -> {
                    hook.hook().afterFind(find, answer);
                    return true;
                });
            }
        }
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
}
