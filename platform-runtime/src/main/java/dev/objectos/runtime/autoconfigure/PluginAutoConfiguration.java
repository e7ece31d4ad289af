package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.action.ActionHandlers;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.health.Delays;
import dev.objectos.runtime.health.Restarts;
import dev.objectos.runtime.hook.HookProperties;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.publish.AddedLayers;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Seeding;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSwitches;
import dev.objectos.runtime.plugin.added.AddedInterceptors;
import dev.objectos.runtime.plugin.added.AddedListeners;
import dev.objectos.runtime.plugin.added.AddedMetadata;
import dev.objectos.runtime.plugin.added.AddedMeters;
import dev.objectos.runtime.plugin.added.AddedPlugins;
import dev.objectos.runtime.plugin.added.AddedSettings;
import dev.objectos.runtime.plugin.added.Approvals;
import dev.objectos.runtime.plugin.added.CodeLoader;
import dev.objectos.runtime.plugin.added.OpenClasses;
import dev.objectos.runtime.plugin.added.PackageSource;
import dev.objectos.runtime.plugin.added.PluginDatabase;
import dev.objectos.runtime.plugin.added.PluginStore;
import dev.objectos.runtime.plugin.added.PluginWatch;
import dev.objectos.runtime.plugin.added.PresenceOptions;
import dev.objectos.runtime.plugin.added.ServerParts;
import dev.objectos.runtime.plugin.added.ServerSeams;
import dev.objectos.runtime.plugin.grant.FileAccessProperties;
import dev.objectos.runtime.plugin.grant.Grants;
import dev.objectos.runtime.plugin.grant.HttpProperties;
import dev.objectos.runtime.plugin.grant.SecretKeeper;
import dev.objectos.runtime.plugin.grant.SecretTable;
import dev.objectos.runtime.plugin.manifest.Limits;
import dev.objectos.runtime.plugin.protocol.ProtocolProperties;
import dev.objectos.runtime.plugin.protocol.Protocols;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.resource.LimitProperties;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.LifecycleHook;
import dev.objectos.runtime.spi.PluginSecretAdministration;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SecretSeal;
import dev.objectos.runtime.spi.SecurityListener;
import dev.objectos.runtime.spi.SessionLeases;
import dev.objectos.runtime.storage.KeyValueStores;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Wires the plugins that are added while the server runs, what they may use of it, and the hooks of all plugins. */
@AutoConfiguration(after = {RuntimeAutoConfiguration.class, EventAutoConfiguration.class,
        ServiceAutoConfiguration.class, StorageAutoConfiguration.class, CacheAutoConfiguration.class,
        CoordinationAutoConfiguration.class})
@EnableConfigurationProperties({PluginProperties.class, LimitProperties.class, HttpProperties.class,
        FileAccessProperties.class, ProtocolProperties.class})
public final class PluginAutoConfiguration {

    /** Under whose name the hooks that come with the server are measured. */
    private static final String BUILT_IN = "objectos";

    @Bean
    AddedInterceptors addedInterceptors() {
        return new AddedInterceptors();
    }

    @Bean
    AddedListeners addedListeners() {
        return new AddedListeners();
    }

    @Bean
    Bulkheads bulkheads(LimitProperties properties, EventBus bus, MeterRegistry meters, Clock clock) {
        return new Bulkheads(properties, bus, meters, clock);
    }

    /** Not before everything is there, for hooks may use the records that they take part in. */
    @Bean
    PhasedLifecycle builtInHooks(Hooks hooks, Bulkheads bulkheads, HookProperties properties,
            ObjectProvider<RecordHook> records, ObjectProvider<EventHook> events,
            ObjectProvider<LifecycleHook> lifecycle) {
        return new PhasedLifecycle(PhasedLifecycle.HOOKS, true, () -> {
            List<RecordHook> onRecords = records.orderedStream().toList();
            List<EventHook> onEvents = events.orderedStream().toList();
            List<LifecycleHook> onPlugins = lifecycle.orderedStream().toList();
            if (!onRecords.isEmpty() || !onEvents.isEmpty() || !onPlugins.isEmpty()) {
                Bulkhead bulkhead = bulkheads.builtIn(BUILT_IN, new Limits(properties.threads(), properties.timeout(),
                        Limits.DEFAULT.queue(), Limits.DEFAULT.storage(), Limits.DEFAULT.databaseTime()));
                hooks.join(hooks.prepare(bulkhead, bulkheads, onRecords, onEvents, List.of(), onPlugins));
            }
        }, () -> {});
    }

    @Bean
    PackageSource packageSource(RuntimeProperties runtime, PluginProperties properties, Clock clock) {
        return properties.packages(runtime.home(), clock);
    }

    @Bean
    AddedSettings addedSettings(Environment environment) {
        return new AddedSettings(() -> Binder.get(environment));
    }

    @Bean
    ServerParts serverParts(Records records, Catalogs catalogs, EventBus bus, EventSubscriptions subscriptions,
            ServiceDirectory services, KeyValueStores stores, Caches caches, Coordination coordination, Clock clock,
            MeterRegistry meters, AddedSettings settings, Grants grants, ObjectProvider<Plugins> plugins) {
        return new ServerParts(records, catalogs::current, bus, subscriptions, services, stores, caches, coordination,
                clock, new AddedMeters(meters), settings, grants, () -> plugins.getObject()::summaries);
    }

    @Bean
    SecretTable pluginSecretTable(Databases databases, SecretSeal seal) {
        return new SecretTable(databases.worker(), seal);
    }

    @Bean
    Grants pluginGrants(HttpProperties http, FileAccessProperties files, LimitProperties limits,
            RuntimeProperties runtime, SecretTable secrets, MeterRegistry meters) {
        return new Grants(http, files, limits, runtime.home(), secrets, meters);
    }

    @Bean
    PluginSecretAdministration pluginSecretAdministration(SecretTable secrets, AddedPlugins plugins,
            ObjectProvider<SecurityListener> listeners, EventBus bus, Clock clock) {
        return new SecretKeeper(secrets, plugins::secretNames, event -> {
            listeners.orderedStream().forEach(listener -> listener.happened(event));
            bus.publish(event);
        }, clock);
    }

    @Bean
    Protocols protocols(ProtocolProperties properties, ObjectProvider<SessionLeases> leases) {
        return new Protocols(properties, () -> Optional.ofNullable(leases.getIfAvailable()));
    }

    @Bean
    ServerSeams serverSeams(AddedInterceptors interceptors, AddedListeners listeners, ActionHandlers actions,
            ObjectProvider<EndpointRegistrar> endpoints, ObjectProvider<Health> health, Hooks hooks,
            Protocols protocols, Bulkheads bulkheads) {
        return new ServerSeams(interceptors, listeners, actions, () -> Optional.ofNullable(endpoints.getIfAvailable()),
                () -> Optional.ofNullable(health.getIfAvailable()), hooks, protocols, bulkheads);
    }

    @Bean
    PluginDatabase pluginDatabase(Databases databases) {
        return new PluginDatabase(databases.worker(), databases.direct());
    }

    @Bean
    PresenceOptions presenceOptions(PluginProperties properties, RuntimeProperties runtime, Clock clock) {
        // Two threads: one may be busy with a plugin that takes its time to start. No bean, for others look for executors.
        var executor = new ScheduledThreadPoolExecutor(2,
                Thread.ofPlatform().daemon().name("objectos-plugins-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new PresenceOptions(properties.safe(),
                new Restarts(properties.plugins().restarts(), Delays.of(executor), clock), executor,
                PluginSwitches.in(runtime.home()));
    }

    @Bean
    @Primary
    AddedPlugins addedPlugins(PluginRegistry builtIn, PluginDatabase database, PackageSource packages,
            AddedMetadata metadata, ServerParts parts, ServerSeams seams, PluginProperties properties,
            PresenceOptions options, Environment environment, Clock clock) {
        var code = new CodeLoader(new OpenClasses(PluginAutoConfiguration.class.getClassLoader()), parts, seams,
                properties.plugins().hookTime());
        var plugins = new AddedPlugins(builtIn, new PluginStore(database), packages,
                new Approvals(database, clock, properties.mode() == TrustMode.DEVELOPMENT), metadata, code, options,
                RuntimeCapabilities.of(environment));
        seams.bulkheads().disableThrough(plugins::disableFor);
        return plugins;
    }

    @Bean
    AddedMetadata addedMetadata(MetadataPublisher publisher, AddedLayers layers, Seeding seeding,
            SchemaPublisher schema, Catalogs catalogs) {
        return new AddedMetadata(publisher, layers, seeding, schema, catalogs);
    }

    @Bean
    PluginWatch pluginWatch(AddedPlugins plugins, PluginDatabase database, EventBus bus, PresenceOptions options) {
        return new PluginWatch(plugins.presence(), database, bus, options);
    }

    /** Before the metadata is published, so that theirs is part of the first snapshot. */
    @Bean
    PhasedLifecycle addedPluginsOpening(AddedPlugins plugins) {
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS_OPENING, true, plugins.presence()::open, () -> {});
    }

    /** Once their metadata is published, before events are delivered and web servers start. */
    @Bean
    PhasedLifecycle addedPluginsStarting(AddedPlugins plugins, PluginWatch watch) {
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS, true, () -> {
            plugins.presence().start();
            watch.start();
        }, () -> {
            watch.stop();
            plugins.presence().stop();
        });
    }
}
