package dev.objectos.audit.entry;

import dev.objectos.runtime.PlatformException;
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

/** Records of which it is written down who reads them, and what people are refused, before they are answered. */
public final class AuditedRecords implements Records {

    private final Records records;
    private final ReadRecorder recorder;

    public AuditedRecords(Records records, ReadRecorder recorder) {
        this.records = records;
        this.recorder = recorder;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        JsonDocument answer = recorder.asked(query.object(), null, "query", session,
                () -> records.query(query, session));
        recorder.found(query, answer, session);
        return answer;
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        JsonDocument answer = recorder.asked(null, null, "query", session, () -> records.select(query, session));
        recorder.found(query, answer, session);
        return answer;
    }

    @Override
    public JsonDocument query(Query query, List<Session> alike) {
        JsonDocument answer = records.query(query, alike);
        alike.forEach(session -> recorder.found(query, answer, session));
        return answer;
    }

    /** That it began is written down before the first record goes out, and how many they were once it has ended, well or not. */
    @Override
    public void stream(Query query, RecordSink sink, Session session) throws IOException {
        var counted = new CountedRecords(sink, () -> recorder.exporting(query, session));
        boolean whole = false;
        try {
            records.stream(query, counted, session);
            whole = true;
        } catch (PlatformException e) {
            recorder.denied(query.object(), null, "export", session, e);
            throw e;
        } finally {
            if (counted.begun()) {
                recorder.exported(query, counted.rows(), whole, session);
            }
        }
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        RecordDocument answer = recorder.asked(query.object(), query.id(), "read", session,
                () -> records.get(query, session));
        recorder.read(query, session);
        return answer;
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        return recorder.asked(mutation.object(), null, "create", session, () -> records.create(mutation, session));
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        return recorder.asked(mutation.object(), mutation.id(), "update", session,
                () -> records.update(mutation, session));
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        recorder.asked(mutation.object(), mutation.id(), "delete", session, () -> {
            records.delete(mutation, session);
            return mutation;
        });
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        return recorder.asked(null, null, "change", session, () -> records.batch(batch, session));
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        return recorder.asked(object, id, "create", session, () -> records.copy(object, id, overrides, session));
    }
}
