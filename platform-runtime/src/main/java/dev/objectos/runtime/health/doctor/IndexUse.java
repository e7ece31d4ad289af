package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.database.DatabaseDiagnostics;
import dev.objectos.runtime.database.DatabaseExtensions;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.ArrayList;
import java.util.List;

/** Whether filters and searches may use indexes under row-level security. */
record IndexUse(DatabaseDiagnostics diagnostics) implements Check {

    @Override
    public String name() {
        return "index use";
    }

    @Override
    public DoctorFinding examine() {
        var lacking = new ArrayList<String>();
        if (!diagnostics.indexesServeEveryFilter()) {
            lacking.add("not leakproof, so that filters with them read all records of a tenant: "
                    + Breaches.told(diagnostics.leaking()));
        }
        var extensions = new ArrayList<>(DatabaseExtensions.WANTED);
        extensions.removeAll(diagnostics.extensions());
        if (!extensions.isEmpty()) {
            lacking.add("extensions that are not there: " + String.join(", ", extensions));
        }
        return lacking.isEmpty()
                ? DoctorFinding.ok(name(), "every filter and search that has an index can use it")
                : DoctorFinding.warn(name(), Breaches.told(List.copyOf(lacking)),
                        "answers are right, but slower on large tables: as a superuser, ALTER FUNCTION … LEAKPROOF and "
                                + "CREATE EXTENSION … SCHEMA platform_extensions");
    }
}
