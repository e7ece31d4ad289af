package dev.objectos.runtime.spi;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The business records, under the session's rights. Every surface and every plugin reads and writes through this one
 * door; what it refuses it refuses with a {@link dev.objectos.runtime.PlatformException}.
 */
public interface Records {

    /**
     * The records, or groups, that a query asks for, in one SQL statement.
     *
     * @return <code>{"object","records":[…],"total"?,"hasMore","nextCursor"?}</code>
     */
    JsonDocument query(Query query, Session session);

    /**
     * Several things at once, in one SQL statement.
     *
     * @return an object with a member for each, in their order
     */
    JsonDocument select(SelectionQuery query, Session session);

    /**
     * The same for several sessions to whom the query gives the same answer, as {@link WatchedRecords#sight} says: asked for
     * once, and noted for each wherever reads are noted.
     *
     * @param alike at least one
     */
    default JsonDocument query(Query query, List<Session> alike) {
        return query(query, alike.getFirst());
    }

    /**
     * Reads every record that a query finds, however many, in one SQL statement and in little memory.
     *
     * @param query its page's limit is the most records that are wanted, and may be any number; groups are not read so
     * @throws IOException what the sink has thrown
     */
    void stream(Query query, RecordSink sink, Session session) throws IOException;

    /** One record; {@code RECORD_NOT_FOUND} where there is none that the session may see. */
    RecordDocument get(RecordQuery query, Session session);

    /** Whether there is such a record for the session; the same of one that it may not see as of none. */
    default boolean sees(String object, UUID id, Session session) {
        try {
            get(new RecordQuery(object, id, List.of(FieldPath.of(SystemFields.ID)), List.of()), session);
            return true;
        } catch (PlatformException e) {
            return switch (e.code().kind()) {
                case NOT_FOUND, DENIED -> false;
                default -> throw e;
            };
        }
    }

    /** Makes a change and returns the record as the session sees it afterwards. */
    RecordDocument create(Mutation.Create mutation, Session session);

    /** Makes a change and returns the record as the session sees it afterwards. */
    RecordDocument update(Mutation.Update mutation, Session session);

    /** Removes a record. */
    void delete(Mutation.Delete mutation, Session session);

    /**
     * Makes several changes, in one transaction where the batch is atomic.
     *
     * @return an outcome for each change; refusals of single changes are outcomes, not exceptions
     */
    BatchResult batch(Batch batch, Session session);

    /**
     * Copies a record's writable fields to a new one.
     *
     * @param overrides values that differ
     */
    RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session);
}
