package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.plugin.trust.TrustStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens packages as this server trusts them at the moment: the trusted keys are read anew each time, so that trust given or
 * taken back counts at once.
 *
 * @param trusted folder of the trusted keys
 * @param folder folder of packages that are there from the start
 */
public record PackageSource(Path trusted, Path folder, TrustMode mode, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(PackageSource.class);

    /** Those in the folder that can be opened; what cannot is reported and left out. */
    List<PluginPackage> inFolder() {
        return PluginFolder.read(folder, this);
    }

    PluginPackage open(Path path) {
        return PluginPackage.open(path, store(), mode);
    }

    PluginPackage open(String origin, byte[] archive) {
        return PluginPackage.open(origin, archive, store(), mode);
    }

    private TrustStore store() {
        TrustStore store = TrustStore.read(trusted, clock);
        store.problems().forEach(problem -> LOG.error("Trusted key left out: {}", problem));
        return store;
    }
}
