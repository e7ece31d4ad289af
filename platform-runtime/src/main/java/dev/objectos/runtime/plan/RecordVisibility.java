package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Which records a session may see within its tenant, answered by the read path; the write path asks before it refers to one. */
public interface RecordVisibility {

    /** Every session sees every record of its tenant. */
    RecordVisibility OPEN = new RecordVisibility() {

        @Override
        public boolean restricted(ObjectDefinition object, Session session, Catalog catalog) {
            return false;
        }

        @Override
        public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids, Session session, Catalog catalog) {
            return Set.copyOf(ids);
        }
    };

    /** Whether the session may not see some of the object's records. */
    boolean restricted(ObjectDefinition object, Session session, Catalog catalog);

    /** Those of the ids whose records the session may see. */
    Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids, Session session, Catalog catalog);
}
