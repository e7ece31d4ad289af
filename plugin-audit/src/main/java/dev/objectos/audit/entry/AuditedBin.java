package dev.objectos.audit.entry;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecycleBin;
import java.util.UUID;

/** A recycle bin of which it is written down who reads it, and what people are refused, as of records that are not deleted. */
public final class AuditedBin implements RecycleBin {

    private final RecycleBin bin;
    private final ReadRecorder recorder;

    public AuditedBin(RecycleBin bin, ReadRecorder recorder) {
        this.bin = bin;
        this.recorder = recorder;
    }

    @Override
    public JsonDocument query(Query query, Session session) {
        JsonDocument answer = recorder.asked(query.object(), null, "query", session, () -> bin.query(query, session));
        recorder.found(query, answer, session);
        return answer;
    }

    @Override
    public RecordDocument restore(String object, UUID id, Session session) {
        return recorder.asked(object, id, "restore", session, () -> bin.restore(object, id, session));
    }

    @Override
    public void purge(String object, UUID id, Session session) {
        recorder.asked(object, id, "purge", session, () -> {
            bin.purge(object, id, session);
            return id;
        });
    }

    @Override
    public int empty(String object, Session session) {
        return recorder.asked(object, null, "purge", session, () -> bin.empty(object, session));
    }
}
