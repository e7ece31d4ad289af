package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.hook.HookProperties;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.publish.AddedLayers;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Seeding;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.added.AddedInterceptors;
import dev.objectos.runtime.plugin.added.AddedListeners;
import dev.objectos.runtime.plugin.added.AddedMetadata;
import dev.objectos.runtime.plugin.added.AddedPlugins;
import dev.objectos.runtime.plugin.added.CodeLoader;
import dev.objectos.runtime.plugin.added.OpenClasses;
import dev.objectos.runtime.plugin.added.PackageSource;
import dev.objectos.runtime.plugin.added.PluginStore;
import dev.objectos.runtime.plugin.manifest.Limits;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.resource.LimitProperties;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Wires the plugins that are added while the server runs, what they may use of it, and the hooks of all plugins. */
@AutoConfiguration(after = {RuntimeAutoConfiguration.class, EventAutoConfiguration.class})
@EnableConfigurationProperties({PluginProperties.class, LimitProperties.class})
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
            ObjectProvider<RecordHook> records, ObjectProvider<EventHook> events) {
        return new PhasedLifecycle(PhasedLifecycle.HOOKS, true, () -> {
            List<RecordHook> onRecords = records.orderedStream().toList();
            List<EventHook> onEvents = events.orderedStream().toList();
            if (!onRecords.isEmpty() || !onEvents.isEmpty()) {
                Bulkhead bulkhead = bulkheads.builtIn(BUILT_IN, new Limits(properties.threads(), properties.timeout(),
                        Limits.DEFAULT.queue(), Limits.DEFAULT.storage(), Limits.DEFAULT.databaseTime()));
                hooks.join(hooks.prepare(bulkhead, bulkheads, onRecords, onEvents));
            }
        }, () -> {});
    }

    @Bean
    PackageSource packageSource(RuntimeProperties runtime, PluginProperties properties, Clock clock) {
        return new PackageSource(runtime.home().resolve("trust"), properties.folder(runtime.home()),
                properties.mode(), clock);
    }

    @Bean
    CodeLoader codeLoader(Records records, Catalogs catalogs, EventBus bus, EventSubscriptions subscriptions,
            Clock clock, MeterRegistry meters, ObjectProvider<Plugins> plugins,
            ObjectProvider<EndpointRegistrar> endpoints, AddedInterceptors interceptors, AddedListeners listeners,
            Hooks hooks, Bulkheads bulkheads) {
        return new CodeLoader(new OpenClasses(PluginAutoConfiguration.class.getClassLoader()), records,
                catalogs::current, bus, subscriptions, clock, meters, () -> plugins.getObject()::summaries,
                () -> Optional.ofNullable(endpoints.getIfAvailable()), interceptors, listeners, hooks, bulkheads);
    }

    @Bean
    @Primary
    AddedPlugins addedPlugins(PluginRegistry builtIn, Databases databases, PackageSource packages,
            MetadataPublisher publisher, AddedLayers layers, Seeding seeding, Catalogs catalogs, CodeLoader code,
            EventBus bus, PluginProperties properties) {
        var plugins = new AddedPlugins(builtIn, new PluginStore(databases.worker()), packages,
                new AddedMetadata(publisher, layers, seeding, new SchemaPublisher(databases), catalogs), code, bus,
                properties.safe());
        code.bulkheads().disableThrough(plugins::disableFor);
        return plugins;
    }

    /** Before the metadata is published, so that theirs is part of the first snapshot. */
    @Bean
    PhasedLifecycle addedPluginsOpening(AddedPlugins plugins) {
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS_OPENING, true, plugins::open, () -> {});
    }

    /** Once their metadata is published, before events are delivered and web servers start. */
    @Bean
    PhasedLifecycle addedPluginsStarting(AddedPlugins plugins) {
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS, true, plugins::start, plugins::stop);
    }
}
