package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.List;
import java.util.function.Supplier;

/** Whether the metadata is free of errors. */
record MetadataCheck(Supplier<Catalog> catalogs) implements Check {

    private static final String ADVICE = "mend the files; GET /api/metadata/diagnostics shows everything";

    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public DoctorFinding examine() {
        Catalog catalog = catalogs.get();
        List<String> errors = catalog.errors().stream().map(Violation::toString).toList();
        if (!errors.isEmpty()) {
            return DoctorFinding.fail(name(), Breaches.told(errors), ADVICE);
        }
        List<String> warnings = catalog.violations().stream().map(Violation::toString).toList();
        return warnings.isEmpty()
                ? DoctorFinding.ok(name(), catalog.objects().size() + " objects without an error or a warning")
                : DoctorFinding.warn(name(), warnings.size() + " warnings: " + Breaches.told(warnings), ADVICE);
    }
}
