package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.util.List;

/** Whether everything of the metadata could be published as it stands in the files. */
public record CatalogProbe(Catalogs catalogs) implements HealthProbe {

    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public HealthResult check() {
        Catalog current = catalogs.current();
        List<Violation> errors = current.errors();
        return errors.isEmpty()
                ? HealthResult.up("catalog " + current.version() + " with " + current.objects().size() + " objects")
                : HealthResult.degraded(errors.size() + " errors, the first: " + errors.getFirst());
    }
}
