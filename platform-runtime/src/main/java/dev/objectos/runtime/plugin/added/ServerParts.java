package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.plugin.grant.Grants;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.spi.CurrentCatalog;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.storage.KeyValueStores;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What of the server plugins are handed, each its own part of it.
 *
 * @param plugins asked for when the first code is loaded
 */
public record ServerParts(Records records, CurrentCatalog catalog, EventBus bus, EventSubscriptions subscriptions,
        ServiceDirectory services, KeyValueStores stores, Caches caches, Coordination coordination, Clock clock,
        AddedMeters meters, AddedSettings settings, Grants grants, Supplier<Plugins> plugins) {

    /** For one run of a plugin, which is called in that way and has these settings. */
    Belongings handTo(PluginManifest manifest, PluginCalls calls, OwnSettings settings) {
        return new Belongings(manifest, this, calls, settings);
    }
}
