package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.plan.RecordPlanner;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.sql.BoundQuery;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.ReadCompiler;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tries row filters on the current snapshot; each statement is made for its question and not kept. */
public final class FilteredRecords implements RecordFilters {

    private final Catalogs catalogs;
    private final QueryExecutor executor;
    private final Clock clock;

    public FilteredRecords(Catalogs catalogs, QueryExecutor executor, Clock clock) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition definition = MutationPlanner.object(catalog, object);
        if (ids.isEmpty()) {
            return Set.of();
        }
        ReadPlan plan = RecordPlanner.passing(definition, filter, session, catalog);
        return executor.marked(bound(plan, List.of(ids), session), session);
    }

    @Override
    public long count(String object, RowFilter filter, Session session) {
        Catalog catalog = catalogs.current();
        ReadPlan plan = RecordPlanner.count(MutationPlanner.object(catalog, object), filter, session, catalog);
        return executor.count(bound(plan, List.of(), session), session);
    }

    private BoundQuery bound(ReadPlan plan, List<Collection<UUID>> ids, Session session) {
        return ReadCompiler.compile(plan)
                .bind(new BindContext(RecordPlanner.values(ids), session, clock.instant()));
    }
}
