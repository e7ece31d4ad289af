package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.StartingRecords;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which seed records tenants get. What a plugin needs to work stands in {@code data/} and is always
 * loaded; what merely shows it off stands below {@code data/demo/} and, like the data of folders given at the start, is
 * loaded where demo data is wanted, for the default tenant alone.
 */
public final class Seeding implements StartingRecords {

    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    private final SeedLoader loader;
    private final Catalogs catalogs;
    private final boolean demoData;

    public Seeding(SeedLoader loader, Catalogs catalogs, boolean demoData) {
        this.loader = loader;
        this.catalogs = catalogs;
        this.demoData = demoData;
    }

    /** Loads what is wanted and not there yet; what could not be loaded joins the catalog's findings. */
    public void load() {
        Catalog catalog = catalogs.current();
        var findings = new LinkedHashSet<Violation>();
        for (UUID tenant : loader.tenants()) {
            boolean demo = demoData && tenant.equals(Session.DEFAULT_TENANT);
            findings.addAll(loader.load(catalog, tenant, item -> demo || !isDemo(item)));
        }
        if (findings.isEmpty()) {
            return;
        }
        findings.forEach(finding -> LOG.warn("{}", finding));
        var all = new ArrayList<>(catalog.violations());
        all.addAll(findings);
        catalogs.publish(catalog.reporting(all));
    }

    @Override
    public void giveTo(UUID tenant) {
        loader.load(catalogs.current(), tenant, item -> !isDemo(item)).forEach(finding -> LOG.warn("{}", finding));
    }

    private static boolean isDemo(MetadataItem item) {
        return item.plugin().equals(MetadataSource.FOLDER) || item.source().file().contains("data/demo/");
    }
}
