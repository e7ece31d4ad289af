package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What those need, beside {@link Records}, who tell sessions of changes: whom to ask for together, and what was seen before. */
public interface WatchedRecords {

    /**
     * Something that is equal for sessions of one tenant to whom a query gives the same answer, at the moment: what they may see
     * is the same, and nothing in the query or in what narrows it depends on who asks.
     *
     * @throws dev.objectos.runtime.PlatformException what {@link Records#query(Query, Session)} would refuse with, but for
     *         values that do not fit
     */
    Object sight(Query query, Session session);

    /**
     * The records that a query would have found before they changed, by the session's rights of now. What lies behind lookups
     * counts as it is now.
     *
     * @param query its condition counts, nothing else
     */
    Set<UUID> before(Query query, Collection<Earlier> records, Session session);

    /** The versions of those of the records that are stored, whoever may see them. */
    Map<UUID, Long> versions(String object, Collection<UUID> records, Session session);

    /**
     * A record as it was.
     *
     * @param values what was different, by the field's API name, as {@link dev.objectos.runtime.event.RecordChange#changes}
     *        has it in {@code from}
     * @param removed whether it is gone, so that it had these values and no others
     */
    record Earlier(UUID record, Map<String, JsonNode> values, boolean removed) {

        public Earlier {
            values = Map.copyOf(values);
        }
    }
}
