package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.spi.ChangeTransaction;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** A draft's transaction, as interceptors see it. */
record DraftTransaction(Catalog catalog, RelatedRecords related) implements ChangeTransaction {

    @Override
    public Map<Object, UUID> find(String object, String field, Collection<?> values) {
        return related.find(MutationPlanner.object(catalog, object), field, values);
    }

    @Override
    public long next(String owner, String counter) {
        return related.next(owner, counter);
    }
}
