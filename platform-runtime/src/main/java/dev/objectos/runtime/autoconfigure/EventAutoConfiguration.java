package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.MetadataPublished;
import dev.objectos.runtime.event.delivery.CommitSignal;
import dev.objectos.runtime.event.delivery.EventDispatcher;
import dev.objectos.runtime.event.delivery.EventProperties;
import dev.objectos.runtime.event.delivery.StoredChanges;
import dev.objectos.runtime.event.delivery.StoredDeadLetters;
import dev.objectos.runtime.hook.BusHooks;
import dev.objectos.runtime.hook.DeliveryHooks;
import dev.objectos.runtime.hook.FindHooks;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.notification.store.PostgresNotifications;
import dev.objectos.runtime.pipeline.BinKeeper;
import dev.objectos.runtime.pipeline.BinPipeline;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecycleBinProperties;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.spi.ChangeStream;
import dev.objectos.runtime.spi.DeadLetters;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.SecurityListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires the bus inside the process, the delivery of what the outbox holds, and what people are told of. */
@AutoConfiguration(after = RuntimeAutoConfiguration.class)
@EnableConfigurationProperties({EventProperties.class, RecycleBinProperties.class})
public final class EventAutoConfiguration {

    @Bean
    EventBus eventBus(Catalogs catalogs, Hooks hooks) {
        var bus = new EventBus(new BusHooks(hooks));
        var last = new AtomicReference<>(catalogs.current());
        catalogs.onPublish(catalog -> {
            Catalog before = last.getAndSet(catalog);
            // What was edited before the server started is no news.
            boolean edited = before.version() > 0 && !before.edited().equals(catalog.edited());
            bus.publish(new MetadataPublished(catalog.version(), edited));
        });
        return bus;
    }

    @Bean
    CommitSignal commitSignal() {
        return new CommitSignal();
    }

    /** Knows nothing of the write path, which knows the signal: subscribers may write records. */
    @Bean
    EventDispatcher eventDispatcher(Databases databases, ObjectProvider<EventSubscriber> subscribers,
            EventProperties properties, CommitSignal commits, Hooks hooks, MeterRegistry meters, Clock clock) {
        return new EventDispatcher(databases.worker(), databases.direct(), subscribers.orderedStream().toList(),
                properties, commits, new DeliveryHooks(hooks), meters, clock);
    }

    @Bean
    ChangeStream changeStream(Databases databases, EventProperties properties, CommitSignal commits) {
        return new StoredChanges(databases.worker(), properties, commits);
    }

    @Bean
    PhasedLifecycle eventLifecycle(EventDispatcher dispatcher, EventProperties properties) {
        return new PhasedLifecycle(PhasedLifecycle.EVENTS, properties.enabled(), dispatcher::start, dispatcher::stop);
    }

    @Bean
    DeadLetters deadLetters(Databases databases, CommitSignal commits) {
        return new StoredDeadLetters(databases.worker(), commits);
    }

    /** Beside the bus, which hears of what is removed for good. */
    @Bean
    RecycleBin recycleBin(Catalogs catalogs, ReadPipeline reads, WritePipeline writes, Hooks hooks,
            ObjectProvider<SecurityListener> listeners, EventBus bus, Clock clock) {
        return new BinPipeline(catalogs, reads, writes, new FindHooks(hooks, catalogs::current), event -> {
            listeners.orderedStream().forEach(listener -> listener.happened(event));
            bus.publish(event);
        }, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    BinKeeper binKeeper(Databases databases, RecycleBinProperties properties) {
        return new BinKeeper(databases.worker(), properties);
    }

    @Bean
    Notifications notifications(Databases databases) {
        return new PostgresNotifications(databases.app(), databases.worker());
    }
}
