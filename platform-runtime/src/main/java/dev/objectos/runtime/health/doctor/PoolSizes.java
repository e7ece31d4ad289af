package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.database.DatabaseProperties.Pools;
import dev.objectos.runtime.spi.DoctorFinding;
import org.jooq.DSLContext;

/** Whether the database admits as many connections as the pools may open. */
record PoolSizes(DSLContext sql, Pools pools) implements Check {

    /** Past the pools: one that listens. */
    private static final int BESIDE = 1;

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public DoctorFinding examine() {
        int admitted = sql.resultQuery("""
                SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                       - current_setting('reserved_connections')::int""")
                .fetchSingle(row -> row.get(0, Integer.class));
        int wanted = pools.owner() + pools.app() + pools.worker() + BESIDE;
        String found = "this server may open " + wanted + " of " + admitted;
        if (wanted > admitted) {
            return DoctorFinding.fail(name(), found,
                    "raise max_connections, or lower OBJECTOS_DATABASE_POOLS_APP and _WORKER");
        }
        return 2 * wanted > admitted
                ? DoctorFinding.warn(name(), found, "a second server would not find enough; raise max_connections")
                : DoctorFinding.ok(name(), found);
    }
}
