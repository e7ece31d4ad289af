package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.sql.QueryExecutor;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tries a filter by a read that is narrowed by nothing else. */
public final class FilterTrial implements GatheredRights.Trial {

    private final Catalogs catalogs;
    private final QueryExecutor executor;
    private final Clock clock;

    public FilterTrial(Catalogs catalogs, QueryExecutor executor, Clock clock) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session) {
        var reads = new ReadPipeline(catalogs, new ReadPlanner(List.of(new Alone(object, filter))), executor, clock);
        return Set.copyOf(MatchingIds.find(query -> reads.query(query, session), object, SystemFields.ID, ids));
    }

    /** Nothing but one filter on one object; equal ones share a statement. */
    private record Alone(String object, RowFilter filter) implements QueryRewriter {

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return filter;
        }

        @Override
        public RowFilter rows(ObjectDefinition of, Session session, Catalog catalog) {
            return of.name().equals(object) ? filter : RowFilter.EVERYTHING;
        }

        @Override
        public FieldMask fields(ObjectDefinition of, Session session, Catalog catalog) {
            return FieldMask.NONE;
        }
    }
}
