package dev.objectos.server.realtime;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to hear of.
 *
 * @param query the object by its canonical name, which of its records, and what is shown of them; the rest does not count
 * @param kinds which changes
 * @param after the position up to which changes are known already; null: from now on
 */
public record ChangeSubscription(Query query, Set<ChangeKind> kinds, @Nullable Long after) {

    public ChangeSubscription {
        kinds = Set.copyOf(kinds);
        if (!query.fields().isEmpty() && !query.fields().contains(FieldPath.of(SystemFields.ID))) {
            List<FieldPath> fields = new ArrayList<>(query.fields());
            fields.addFirst(FieldPath.of(SystemFields.ID));
            query = new Query(query.object(), fields, query.where(), query.orderBy(), query.page(), query.expand(),
                    query.groupBy(), query.aggregations(), query.having(), query.search(), query.count());
        }
    }

    /** The same from another position. */
    ChangeSubscription behind(long position) {
        return new ChangeSubscription(query, kinds, position);
    }
}
