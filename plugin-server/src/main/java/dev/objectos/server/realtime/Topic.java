package dev.objectos.server.realtime;

import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Tenancy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records that can be meant by a subscription.
 *
 * @param tenant null: the object's records belong to all
 */
record Topic(@Nullable UUID tenant, String object) {

    static Topic of(Catalog catalog, UUID tenant, String object) {
        boolean global = catalog.object(object).filter(known -> known.tenancy() == Tenancy.GLOBAL).isPresent();
        return new Topic(global ? null : tenant, object);
    }

    static Topic of(Catalog catalog, CommittedChange change) {
        return of(catalog, change.tenant(), change.object());
    }
}
