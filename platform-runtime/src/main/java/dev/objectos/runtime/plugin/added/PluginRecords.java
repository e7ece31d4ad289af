package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.spi.Records;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door to records for one plugin: what it may not touch is refused before the session's rights are looked at. */
record PluginRecords(Records records, ObjectReach reach) implements Records {

    @Override
    public JsonDocument query(Query query, Session session) {
        ReadObjects.of(query, catalog()).forEach(object -> reach.require(object, ObjectReach.READ));
        return records.query(query, session);
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        ReadObjects.of(query, catalog()).forEach(object -> reach.require(object, ObjectReach.READ));
        return records.select(query, session);
    }

    @Override
    public void stream(Query query, RecordSink sink, Session session) throws IOException {
        ReadObjects.of(query, catalog()).forEach(object -> reach.require(object, ObjectReach.READ));
        records.stream(query, sink, session);
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        ReadObjects.of(query, catalog()).forEach(object -> reach.require(object, ObjectReach.READ));
        return records.get(query, session);
    }

    private Catalog catalog() {
        return reach.catalog().get();
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        require(mutation);
        return records.create(mutation, session);
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        require(mutation);
        return records.update(mutation, session);
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        require(mutation);
        records.delete(mutation, session);
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        batch.mutations().forEach(this::require);
        return records.batch(batch, session);
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        reach.require(object, ObjectReach.READ);
        reach.require(object, ObjectReach.CREATE);
        return records.copy(object, id, overrides, session);
    }

    /** Whoever writes a record is shown it afterwards; that alone needs no right to read. */
    private void require(Mutation mutation) {
        switch (mutation) {
            case Mutation.Create create -> reach.require(create.object(), ObjectReach.CREATE);
            case Mutation.Update update -> reach.require(update.object(), ObjectReach.UPDATE);
            case Mutation.Upsert upsert -> {
                reach.require(upsert.object(), ObjectReach.CREATE);
                reach.require(upsert.object(), ObjectReach.UPDATE);
            }
            case Mutation.Delete delete -> reach.require(delete.object(), ObjectReach.DELETE);
        }
    }
}
