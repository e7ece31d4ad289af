package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.health.BootTimeline;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HealthAutoConfigurationTest {

    @TempDir
    private Path folder;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** A plugin's own probe. */
    private final class GatewayProbe implements HealthProbe {

        @Override
        public String name() {
            return "acme.gateway";
        }

        @Override
        public HealthResult check() {
            asked.add("now");
            return HealthResult.degraded("slow");
        }
    }

    @Test
    void watchesTheServerAndWhatPluginsBring() {
        DatabaseProperties database = TestingDatabase.empty("watched");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class,
                        RuntimeAutoConfiguration.class,
                        EventAutoConfiguration.class, ServiceAutoConfiguration.class, HealthAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(GatewayProbe.class, GatewayProbe::new)
                .withPropertyValues("objectos.home=" + folder, "objectos.database.url=" + database.url(),
                        "objectos.database.user=" + database.user(),
                        "objectos.database.password=" + database.password(), "objectos.database.pools.app=2",
                        "objectos.database.pools.worker=3", "objectos.health.interval=20ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    // The third question comes after the end of the first round.
                    for (int i = 0; i < 3; i++) {
                        assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
                    }
                    Health health = context.getBean(Health.class);
                    assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
                    assertThat(health.probes()).extracting(ProbeHealth::name).containsExactly("acme.gateway", "clock",
                            "database.app", "database.worker", "disk", "events", "metadata");
                    assertThat(health.probes()).filteredOn(probe -> !probe.name().equals("acme.gateway"))
                            .allSatisfy(probe -> assertThat(probe.status()).as(probe.name() + ": " + probe.message())
                                    .isEqualTo(HealthStatus.UP));
                    assertThat(context.getBean(Doctor.class).examine())
                            .noneMatch(finding -> finding.status() == DoctorFinding.Status.FAIL);
                    assertThat(context.getBean(BootTimeline.class).phases()).extracting(BootTimeline.Phase::name)
                            .containsExactly("database", "migrations", "metadata", "plugins", "seeds");
                    ServiceDirectory services = context.getBean(ServiceDirectory.class);
                    services.of("acme").offer(ServiceKey.of(Runnable.class, "acme.work", "1.0.0"),
                            () -> asked.add("x"));
                    assertThat(services.discover(ServiceQuery.EVERYTHING)).hasSize(1);
                    context.stop();
                });
    }

    @Test
    void measuresEachPhaseOfTheBoot() {
        var meters = new SimpleMeterRegistry();
        var boot = new BootTimeline();
        assertThat(boot.phase("first", () -> 7)).isEqualTo(7);
        boot.finished(meters);
        assertThat(boot.phases()).extracting(BootTimeline.Phase::name).containsExactly("first");
        assertThat(meters.get("objectos.boot.phase").tag("phase", "first").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(0.0, 60.0);
    }
}
