package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.spi.DoctorFinding;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.QueryPart;

/**
 * An invariant of the database, as the query that lists what breaks it.
 *
 * @param breaches a query of one text column, a row for each breach
 * @param values what the query binds
 * @param sound what to say where there is no row
 * @param advice what to do where there is one
 */
record Invariant(String name, DSLContext sql, String breaches, List<QueryPart> values, String sound,
        String advice) implements Check {

    Invariant {
        values = List.copyOf(values);
    }

    Invariant(String name, DSLContext sql, String breaches, String sound, String advice) {
        this(name, sql, breaches, List.of(), sound, advice);
    }

    @Override
    public DoctorFinding examine() {
        List<String> found = sql.resultQuery(breaches, values.toArray(QueryPart[]::new)).fetch(0, String.class);
        return found.isEmpty()
                ? DoctorFinding.ok(name, sound)
                : DoctorFinding.fail(name, Breaches.told(found), advice);
    }
}
