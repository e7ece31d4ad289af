package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which seed records the default tenant gets. What a plugin needs to work stands in {@code data/} and is always
 * loaded; what merely shows it off stands below {@code data/demo/} and, like the data of folders given at the start, is
 * loaded where demo data is wanted.
 */
public final class Seeding {

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
        List<Violation> findings = loader.load(catalog, Session.DEFAULT_TENANT, item -> demoData || !isDemo(item));
        if (findings.isEmpty()) {
            return;
        }
        findings.forEach(finding -> LOG.warn("{}", finding));
        var all = new ArrayList<>(catalog.violations());
        all.addAll(findings);
        catalogs.publish(catalog.reporting(all));
    }

    private static boolean isDemo(MetadataItem item) {
        return item.plugin().equals(MetadataSource.FOLDER) || item.source().file().contains("data/demo/");
    }
}
