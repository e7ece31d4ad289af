package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.spi.CurrentCatalog;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the code of plugins to life, and hands it what of the server it may use.
 *
 * @param plugins asked for when the first code is loaded
 * @param endpoints empty where nobody serves HTTP
 */
public record CodeLoader(OpenClasses open, Records records, CurrentCatalog catalog, EventBus bus,
        EventSubscriptions subscriptions, Clock clock, MeterRegistry meters, Supplier<Plugins> plugins,
        Supplier<Optional<EndpointRegistrar>> endpoints, AddedInterceptors interceptors, AddedListeners listeners,
        Hooks hooks, Bulkheads bulkheads) {

    private static final Logger LOG = LoggerFactory.getLogger(CodeLoader.class);

    /** The code of a package, loaded and not taking part in anything yet. */
    PluginCode load(PluginPackage content) {
        return content.hasClasses() ? JavaCode.load(content, this) : PluginCode.NONE;
    }

    /** The same, told that it is loaded. */
    PluginCode begin(PluginPackage content) {
        PluginCode loaded = load(content);
        try {
            loaded.hook(PlatformPlugin::onLoad);
            return loaded;
        } catch (RuntimeException | LinkageError e) {
            loaded.close();
            throw e;
        }
    }

    /** Tells the code of a plugin that it is removed; what it does wrong keeps it no longer. */
    void takeLeave(PluginPackage content) {
        try {
            PluginCode last = load(content);
            try {
                last.hook(PlatformPlugin::onUninstall);
            } finally {
                last.close();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Plugin {} failed on its way out", content.manifest().id(), e);
        }
    }
}
