package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.spi.DoctorFinding;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Whether the database is new enough and encoded right. */
record ServerVersion(DSLContext sql) implements Check {

    @Override
    public String name() {
        return "database";
    }

    @Override
    public DoctorFinding examine() {
        Record row = sql.resultQuery("SELECT current_setting('server_version_num')::int, "
                + "current_setting('server_version'), current_setting('server_encoding')").fetchSingle();
        return judge(row.get(0, Integer.class), row.get(1, String.class), row.get(2, String.class));
    }

    DoctorFinding judge(int number, String version, String encoding) {
        String found = "PostgreSQL " + version + ", encoded in " + encoding;
        return number >= DatabaseBootstrap.OLDEST_VERSION && encoding.equals("UTF8")
                ? DoctorFinding.ok(name(), found)
                : DoctorFinding.fail(name(), found, "use PostgreSQL 18 or newer and a database with ENCODING 'UTF8'");
    }
}
