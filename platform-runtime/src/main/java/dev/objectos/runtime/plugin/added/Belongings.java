package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.cache.PluginCaches;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.service.ServiceScope;
import dev.objectos.runtime.service.Withdrawal;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run of a plugin has of the server. It belongs to the run and not to the plugin: while a plugin is upgraded there
 * are two, and the one that goes takes nothing of the other's along.
 */
final class Belongings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Belongings.class);

    /** How long those who use a service may take to close their references once they are told that it goes. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PluginManifest manifest;
    private final ServerParts server;
    private final EventBus bus;
    private final OwnSubscriptions subscriptions;
    private final ServiceScope services;
    private final PluginCaches caches;
    private final PluginCoordination coordination;
    private final OwnSettings settings;
    private final CompositeMeterRegistry meters;

    Belongings(PluginManifest manifest, ServerParts server, PluginCalls calls, OwnSettings settings) {
        this.manifest = manifest;
        this.server = server;
        this.settings = settings;
        bus = server.bus().branch();
        subscriptions = new OwnSubscriptions(server.subscriptions(), calls);
        services = server.services().open(manifest.id());
        caches = server.caches().open(manifest.id());
        coordination = server.coordination().open(manifest.id());
        meters = server.meters().open(manifest.id());
    }

    OwnSubscriptions subscriptions() {
        return subscriptions;
    }

    /** By the names that the plugin's beans may ask for them. */
    Map<String, Object> beans() {
        String id = manifest.id();
        var beans = new LinkedHashMap<String, Object>();
        beans.put("records", new PluginRecords(server.records(),
                new ObjectReach(id, manifest.permissions().objects(), server.catalog())));
        beans.put("currentCatalog", server.catalog());
        beans.put("eventBus", bus);
        beans.put("eventSubscriptions", subscriptions);
        beans.put("services", new DeclaredServices(id, manifest.capabilities(), services));
        beans.put("pluginStorage", server.stores().of(id));
        beans.put("pluginCaches", caches);
        beans.put("pluginCoordination", coordination);
        beans.put("pluginSettings", settings);
        beans.put("pluginHttp", server.grants().http(manifest));
        beans.put("pluginFiles", server.grants().files(manifest));
        beans.put("pluginSecrets", server.grants().secrets(manifest));
        beans.put("clock", server.clock());
        beans.put("meterRegistry", meters);
        beans.put("plugins", server.plugins().get());
        return beans;
    }

    @Override
    public void close() {
        try {
            Withdrawal withdrawal = services.leave(PATIENCE);
            if (!withdrawal.isClean()) {
                LOG.warn("Plugin {} has gone although others still used {}", manifest.id(), withdrawal.cut());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        subscriptions.closeAll();
        coordination.close();
        caches.close();
        bus.close();
        server.meters().close(manifest.id(), meters);
        server.settings().close(settings);
    }
}
