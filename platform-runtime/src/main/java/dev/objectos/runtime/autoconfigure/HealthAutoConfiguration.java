package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.health.BootTimeline;
import dev.objectos.runtime.health.HealthMonitor;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.health.doctor.Installation;
import dev.objectos.runtime.health.doctor.InstallationDoctor;
import dev.objectos.runtime.health.probe.CatalogProbe;
import dev.objectos.runtime.health.probe.ClockProbe;
import dev.objectos.runtime.health.probe.DiskSpaceProbe;
import dev.objectos.runtime.health.probe.EventProbe;
import dev.objectos.runtime.health.probe.PoolProbe;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.storage.file.FileStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Wires the watch over the server, and the doctor. */
@AutoConfiguration(after = EventAutoConfiguration.class)
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

    @Bean
    HealthMonitor healthMonitor(HealthProperties properties, Databases databases, Catalogs catalogs,
            RuntimeProperties runtime, ObjectProvider<HealthProbe> probes, EventBus bus, MeterRegistry meters,
            Clock clock) {
        var monitor = new HealthMonitor(properties, bus, meters, clock);
        monitor.watch(new PoolProbe("database.app", databases.app()));
        monitor.watch(new PoolProbe("database.worker", databases.worker()));
        monitor.watch(new EventProbe(databases.worker(), properties.eventDelay()));
        monitor.watch(new DiskSpaceProbe(runtime.home(), properties.freeSpace()));
        monitor.watch(new CatalogProbe(catalogs));
        monitor.watch(new ClockProbe(databases.worker(), clock, properties.clockSkew()));
        probes.orderedStream().forEach(monitor::watch);
        return monitor;
    }

    @Bean
    PhasedLifecycle healthLifecycle(HealthMonitor monitor, HealthProperties properties) {
        return new PhasedLifecycle(PhasedLifecycle.HEALTH, properties.enabled(), monitor::start, monitor::close);
    }

    @Bean
    Doctor doctor(RuntimeProperties runtime, Databases databases, DatabaseProperties database, Catalogs catalogs,
            ObjectProvider<FileStore> files, HealthProperties limits, Environment environment, Clock clock) {
        return InstallationDoctor.of(new Installation(runtime.home(), databases, database.pools(), catalogs::current,
                files.orderedStream().toList(), limits, TrustMode.of(environment.getProperty("objectos.trust")),
                clock));
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> bootReport(BootTimeline boot, MeterRegistry meters) {
        return new BootReport(boot, meters);
    }

    /** A class and no lambda, from which Spring could not tell which events it hears. */
    private record BootReport(BootTimeline boot,
            MeterRegistry meters) implements ApplicationListener<ApplicationReadyEvent> {

        @Override
        public void onApplicationEvent(ApplicationReadyEvent event) {
            boot.finished(meters);
        }
    }
}
