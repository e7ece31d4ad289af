package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Session;
import java.util.UUID;

/**
 * The deleted records of objects with {@code enable.trash}, under the session's rights: who could see a record sees it in the
 * bin, and who may delete it may restore it. What has no bin is refused with {@code RESOURCE_NOT_FOUND}.
 */
public interface RecycleBin {

    /**
     * The records, or groups, that a query finds in the bin; each has {@code deleted_at} and {@code deleted_by} beside its
     * fields, which may be filtered and ordered by too.
     *
     * @return <code>{"object","records":[…],"total"?,"hasMore","nextCursor"?}</code>
     */
    JsonDocument query(Query query, Session session);

    /**
     * Brings a record back under its id and one version later, with everything that went with it, and with the references to it
     * that are still empty. References of its own to records that have gone are emptied, or refused where they are required.
     *
     * @return the record as the session sees it afterwards
     * @throws dev.objectos.runtime.PlatformException {@code RECORD_NOT_FOUND}, {@code PERMISSION_DENIED},
     *         {@code UNIQUE_VIOLATION} where a value is taken meanwhile, {@code VALIDATION_FAILED} where the object has
     *         become one that the record does not fit
     */
    RecordDocument restore(String object, UUID id, Session session);

    /** Removes a record, and everything that went with it, for good. */
    void purge(String object, UUID id, Session session);

    /**
     * Removes all records of the object for good; for administrators of the tenant.
     *
     * @return how many, those that went with them included
     */
    int empty(String object, Session session);
}
