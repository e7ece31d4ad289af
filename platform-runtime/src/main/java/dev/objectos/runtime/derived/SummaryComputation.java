package dev.objectos.runtime.derived;

import dev.objectos.runtime.derived.DerivedFieldLedger.Place;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.SummaryGraph;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.SummaryWriter;
import dev.objectos.runtime.sql.WriteExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes a summary for all parents of all tenants, some at a time in the order of their keys. */
final class SummaryComputation {

    private static final Logger LOG = LoggerFactory.getLogger(SummaryComputation.class);

    /** Parents that are locked together: writers of their children wait for no longer than these take. */
    private static final int PARENTS = 200;

    private final DataSource owner;
    private final WriteExecutor writes;
    private final DerivedFieldLedger ledger;
    private final Clock clock;

    SummaryComputation(DataSource owner, WriteExecutor writes, DerivedFieldLedger ledger, Clock clock) {
        this.owner = owner;
        this.writes = writes;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Goes on after the last parent that is done. */
    void run(Catalog catalog, DerivedField.Summary summary, DerivedFieldLedger.Entry entry) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(summary.object().name());
        long done = 0;
        List<Place> batch = after(table, entry.last());
        while (!batch.isEmpty()) {
            compute(catalog, summary.link(), batch);
            done += batch.size();
            Place last = batch.getLast();
            if (!ledger.move(entry, last)) {
                return;
            }
            batch = after(table, last);
        }
        if (done > 0) {
            LOG.info("Computed {}.{} for {} records", summary.object().name(), summary.field().name(), done);
        }
    }

    private void compute(Catalog catalog, SummaryGraph.Link link, List<Place> batch) {
        ObjectDefinition parent = link.parent();
        Map<UUID, List<UUID>> byTenant = new LinkedHashMap<>();
        for (Place place : batch) {
            UUID tenant = place.tenant();
            byTenant.computeIfAbsent(tenant == null ? Session.DEFAULT_TENANT : tenant, _ -> new ArrayList<>())
                    .add(place.record());
        }
        byTenant.forEach((tenant, ids) -> writes.<@Nullable Void>transaction(Session.system(tenant, Origin.SYSTEM),
                parent.global(), connection -> {
                    new SummaryWriter(connection, catalog, clock.instant(), false).recompute(link, ids);
                    return null;
                }));
    }

    private List<Place> after(PhysicalTable table, @Nullable Place last) throws SQLException {
        Field<UUID> tenant = table.global()
                ? DSL.inline((UUID) null)
                : DSL.field(DSL.name(SystemFields.TENANT_ID), UUID.class);
        Field<UUID> id = DSL.field(DSL.name(table.column(SystemFields.ID).name()), UUID.class);
        Table<?> from = DSL.table(DSL.name(PhysicalSchema.NAME, table.name()));
        Condition beyond = last == null
                ? DSL.noCondition()
                : last.tenant() == null
                        ? id.gt(last.record())
                        : DSL.row(tenant, id).gt(DSL.row(last.tenant(), last.record()));
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            DSLContext database = DSL.using(connection, SQLDialect.POSTGRES);
            database.execute("SET LOCAL app.publish = 'on'");
            List<Place> places = database.select(tenant, id).from(from).where(beyond)
                    .orderBy(table.global() ? List.of(id) : List.of(tenant, id)).limit(PARENTS)
                    .fetch(SummaryComputation::place);
            connection.commit();
            return places;
        }
    }

    private static Place place(Record2<UUID, UUID> row) {
        return new Place(row.value1(), row.value2());
    }
}
