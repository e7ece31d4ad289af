package dev.objectos.runtime.derived;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.NumberWriter;
import dev.objectos.runtime.sql.WriteExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the records that have no number, in the order in which they were made. The order is read once and numbers are
 * given some at a time, each time together with the counter: what was interrupted goes on with those that still have none.
 */
final class Numbering {

    private static final Logger LOG = LoggerFactory.getLogger(Numbering.class);

    /** Records that are locked together, and with them the counter that new records wait for. */
    private static final int RECORDS = 500;

    private final DataSource owner;
    private final WriteExecutor writes;

    Numbering(DataSource owner, WriteExecutor writes) {
        this.owner = owner;
        this.writes = writes;
    }

    void run(Catalog catalog, DerivedField.Number number) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(number.object().name());
        Field<UUID> tenant = table.global()
                ? DSL.inline(Session.DEFAULT_TENANT)
                : DSL.field(DSL.name(SystemFields.TENANT_ID), UUID.class);
        Field<UUID> id = DSL.field(column(table, SystemFields.ID), UUID.class);
        Field<OffsetDateTime> made = DSL.field(column(table, SystemFields.CREATED_AT), OffsetDateTime.class);
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            DSLContext database = DSL.using(connection, SQLDialect.POSTGRES);
            database.execute("SET LOCAL app.publish = 'on'");
            var run = new Run(catalog, number);
            try (Cursor<Record3<UUID, UUID, OffsetDateTime>> records = database.select(tenant, id, made)
                    .from(DSL.name(PhysicalSchema.NAME, table.name()))
                    .where(DSL.field(column(table, number.field().name())).isNull())
                    .orderBy(table.global() ? List.of(made, id) : List.of(tenant, made, id)).fetchSize(RECORDS)
                    .fetchLazy()) {
                for (Record3<UUID, UUID, OffsetDateTime> row : records) {
                    run.add(row.value1(), row.value2(), row.value3().atZoneSameInstant(ZoneOffset.UTC));
                }
            }
            run.flush();
            connection.rollback();
            if (run.done > 0) {
                LOG.info("Numbered {} records of {} by {}", run.done, number.object().name(), number.field().name());
            }
        }
    }

    private static org.jooq.Name column(PhysicalTable table, String field) {
        return DSL.name(table.column(field).name());
    }

    /** Gathers records of one tenant that are counted together. */
    private final class Run {

        private final Catalog catalog;
        private final DerivedField.Number number;
        private final List<UUID> gathered = new ArrayList<>();
        private UUID tenant = Session.DEFAULT_TENANT;
        private ZonedDateTime made = ZonedDateTime.now(ZoneOffset.UTC);
        private String period = "";
        private long done;

        Run(Catalog catalog, DerivedField.Number number) {
            this.catalog = catalog;
            this.number = number;
        }

        void add(UUID of, UUID record, ZonedDateTime moment) {
            String counted = NumberWriter.period(number.type(), moment);
            if (gathered.size() == RECORDS || !of.equals(tenant) || !counted.equals(period)) {
                flush();
                tenant = of;
                made = moment;
                period = counted;
            }
            gathered.add(record);
        }

        void flush() {
            if (gathered.isEmpty()) {
                return;
            }
            writes.<@Nullable Void>transaction(Session.system(tenant, Origin.SYSTEM), number.object().global(),
                    connection -> {
                        new NumberWriter(connection, catalog).number(number.object(), number.field(), made, gathered);
                        return null;
                    });
            done += gathered.size();
            gathered.clear();
        }
    }
}
