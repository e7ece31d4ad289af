package dev.objectos.server;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked and answers with version 3 of one record; a record named {@code refuse…} is refused. */
public final class RecordingRecords implements Records {

    public static final UUID ID = UUID.fromString("01990000-0000-7000-8000-000000000001");
    public static final String RECORD = "{\"id\":\"" + ID + "\",\"last_name\":\"Ölçer\",\"salary\":1.10,\"version\":3}";

    private volatile @Nullable Object asked;
    private volatile @Nullable RuntimeException failure;

    /** The last query, mutation or batch. */
    public <T> T asked(Class<T> type) {
        return Objects.requireNonNull(type.cast(asked), "nothing was asked");
    }

    /** Makes every call fail so until told otherwise. */
    public void fail(@Nullable RuntimeException with) {
        failure = with;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        remember(query);
        return JsonDocument
                .of("{\"object\":\"" + query.object() + "\",\"records\":[" + RECORD + "],\"hasMore\":false}");
    }

    @Override
    public JsonDocument select(SelectionQuery query, Session session) {
        remember(query);
        return JsonDocument.of("{}");
    }

    @Override
    public void stream(Query query, RecordSink sink, Session session) {
        throw new UnsupportedOperationException("streams are tried on a real database");
    }

    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        remember(query);
        return document(query.object());
    }

    @Override
    public RecordDocument create(Mutation.Create mutation, Session session) {
        remember(mutation);
        return document(mutation.object());
    }

    @Override
    public RecordDocument update(Mutation.Update mutation, Session session) {
        remember(mutation);
        return document(mutation.object());
    }

    @Override
    public void delete(Mutation.Delete mutation, Session session) {
        remember(mutation);
    }

    @Override
    public BatchResult batch(Batch batch, Session session) {
        remember(batch);
        var outcomes = new ArrayList<BatchResult.Outcome>();
        boolean refused = false;
        for (Mutation mutation : batch.mutations()) {
            if (refused) {
                outcomes.add(new BatchResult.Outcome.Skipped(null));
            } else if (mutation instanceof Mutation.Create create && create.values().containsValue("refuse")) {
                refused = true;
                outcomes.add(new BatchResult.Outcome.Refused(null,
                        new PlatformException(RuntimeError.UNIQUE_VIOLATION, "last_name is taken")));
            } else {
                outcomes.add(new BatchResult.Outcome.Done(ID, true,
                        batch.returnRecords() && !(mutation instanceof Mutation.Delete)
                                ? JsonDocument.of(RECORD)
                                : null));
            }
        }
        if (refused && batch.atomic()) {
            outcomes.replaceAll(outcome -> outcome instanceof BatchResult.Outcome.Done done
                    ? new BatchResult.Outcome.RolledBack(done.id())
                    : outcome);
        }
        return new BatchResult(List.copyOf(outcomes));
    }

    @Override
    public RecordDocument copy(String object, UUID id, Map<String, Object> overrides, Session session) {
        remember(overrides);
        return document(object);
    }

    private void remember(Object what) {
        asked = what;
        RuntimeException with = failure;
        if (with != null) {
            throw with;
        }
    }

    private static RecordDocument document(String object) {
        return new RecordDocument(object, ID, 3, JsonDocument.of(RECORD));
    }
}
