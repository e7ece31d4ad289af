package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Tries row filters on stored records, for explanations and previews of rights. Nothing but the filter and the session's tenant
 * decides: what the session itself may see plays no part, so answers are for whoever may know them all.
 */
public interface RecordFilters {

    /**
     * Those of the records that a filter lets through, asked for in one statement.
     *
     * @param filter its {@link SessionValue}s are asked for of this session, who is its acting user too
     * @throws dev.objectos.runtime.PlatformException {@code OBJECT_NOT_FOUND}
     */
    Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session);

    /**
     * How many records of the object a filter lets through, asked for in one statement.
     *
     * @throws dev.objectos.runtime.PlatformException {@code OBJECT_NOT_FOUND}
     */
    long count(String object, RowFilter filter, Session session);
}
