package dev.objectos.runtime.pipeline;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to business records: reads take the read path, changes the write path. */
public final class RecordPipeline implements Records {

    private final ReadPipeline reads;
    private final WritePipeline writes;
    private final Observer observer;

    public RecordPipeline(ReadPipeline reads, WritePipeline writes) {
        this(reads, writes, (_, _, _, _) -> {});
    }

    public RecordPipeline(ReadPipeline reads, WritePipeline writes, Observer observer) {
        this.reads = reads;
        this.writes = writes;
        this.observer = observer;
    }

    /** Sees what is found for somebody, before it is answered. */
    public interface Observer {

        /**
         * Must not throw.
         *
         * @param object as the query names it
         * @param record null: a query for several
         */
        void found(String object, @Nullable UUID record, JsonDocument answer, Session session);

        /** Whether it wants to see records of the object that are read one after another; it is shown them in parts. */
        default boolean watches(String object) {
            return false;
        }
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        JsonDocument answer = reads.query(query, session);
        observer.found(query.object(), null, answer, session);
        return answer;
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        JsonDocument answer = reads.select(query, session);
        query.objects().forEach(object -> observer.found(object, null, answer, session));
        return answer;
    }

    @Override
    public JsonDocument query(Query query, List<Session> alike) {
        JsonDocument answer = reads.query(query, alike.getFirst());
        alike.forEach(session -> observer.found(query.object(), null, answer, session));
        return answer;
    }

    @Override
    public void stream(Query query, RecordSink sink, Session session) throws IOException {
        if (!observer.watches(query.object())) {
            reads.stream(query, sink, session);
            return;
        }
        var watched = new WatchedSink(query.object(), sink,
                part -> observer.found(query.object(), null, part, session));
        reads.stream(query, watched, session);
        watched.end();
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        RecordDocument answer = reads.get(query, session);
        observer.found(answer.object(), answer.id(), answer.json(), session);
        return answer;
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        return writes.create(mutation, session);
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        return writes.update(mutation, session);
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        writes.delete(mutation, session);
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        return writes.batch(batch, session);
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        return writes.copy(object, id, overrides, session);
    }
}
