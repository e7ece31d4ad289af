package dev.objectos.server.realtime;

import dev.objectos.runtime.query.JsonDocument;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change as one subscriber may know of it.
 *
 * @param position of the change among all
 * @param resumable whether everything of the connection up to the position has been told with this, so that a client may go on
 *        from here
 * @param record the record as the subscriber sees it now, which may be later than the change; null where it is in the result no
 *        more
 * @param version the record's version after the change, for a deleted one its last; null where it has left, for then it is none of
 *        the subscriber's business
 */
public record ChangeEvent(long position, boolean resumable, String object, UUID id, ChangeKind kind,
        @Nullable JsonDocument record, @Nullable Long version, Instant at) {

    ChangeEvent notResumable() {
        return new ChangeEvent(position, false, object, id, kind, record, version, at);
    }
}
