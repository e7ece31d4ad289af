package dev.objectos.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.autoconfigure.ProfileProperties;
import dev.objectos.runtime.autoconfigure.RuntimeProperties;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PlatformEvent;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.runtime.spi.ServerConfiguration.Report;
import dev.objectos.runtime.spi.ServerConfiguration.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Files of settings that change while the server runs. */
class ReloadableConfigurationTest {

    private static final String PLANNED = "the rounds of probes are planned at the start";

    @TempDir
    private Path home;

    private final EventBus bus = new EventBus();
    private final LinkedBlockingQueue<PlatformEvent> heard = new LinkedBlockingQueue<>();
    private final Map<String, Object> variables = new HashMap<>();
    private final FreeSpace freeSpace = new FreeSpace();

    /** Stands for a part of the server that can go on with another value. */
    private static final class FreeSpace implements LiveSettings {

        private long bytes;

        @Override
        public List<String> names() {
            return List.of("objectos.health.free-space");
        }

        @Override
        public void apply(Binder settings) {
            long next = settings.bindOrCreate("objectos.health", HealthProperties.class).freeSpace().toBytes();
            if (next == 13) {
                throw new IllegalStateException("13 brings bad luck");
            }
            bytes = next;
        }
    }

    @BeforeEach
    void listen() {
        bus.subscribe("configuration.*", BusOptions.DEFAULT, heard::add);
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(home.resolve(name), content);
    }

    private ReloadableConfiguration configuration() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addLast(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources()
                .addLast(new MapPropertySource("defaultProperties", Map.of("objectos.home", home.toString())));
        ConfigurationPropertySources.attach(environment);
        SettingsFiles.addTo(environment);
        return new ReloadableConfiguration(environment, () -> List.of(HealthProperties.class,
                DatabaseProperties.class, ProfileProperties.class, RuntimeProperties.class),
                () -> List.of(freeSpace), bus);
    }

    private static Setting setting(Report report, String name) {
        return report.settings().stream().filter(setting -> setting.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void tellsOfEachSettingWhatItIsAndWhoSaysSo() throws IOException {
        write("objectos.yml", """
                objectos:
                  health:
                    interval: 20s
                    rest: 40s
                    failures: 4
                  database:
                    password: hunter2
                    url: jdbc:postgresql://host/db?user=me&password=hunter2
                server:
                  port: 9000
                """);
        write("objectos-lite.yml", "objectos.health.rest: 50s\n");
        variables.put("OBJECTOS_PROFILE", "lite");
        variables.put("OBJECTOS_HEALTH_FAILURES", "7");
        Report report = configuration().report();
        assertThat(report.profile()).isEqualTo("lite");
        assertThat(report.problems()).isEmpty();
        assertThat(report.files()).extracting(file -> Path.of(file).getFileName().toString())
                .containsExactly("objectos-lite.yml", "objectos.yml");
        assertThat(setting(report, "objectos.health.interval"))
                .isEqualTo(new Setting("objectos.health.interval", "20s", "objectos.yml:3:15", false, PLANNED));
        assertThat(setting(report, "objectos.health.rest"))
                .isEqualTo(new Setting("objectos.health.rest", "50s", "objectos-lite.yml:1:23", false, PLANNED));
        assertThat(setting(report, "objectos.health.failures"))
                .isEqualTo(new Setting("objectos.health.failures", "7", "environment OBJECTOS_HEALTH_FAILURES", false,
                        PLANNED));
        assertThat(setting(report, "objectos.health.free-space"))
                .isEqualTo(new Setting("objectos.health.free-space", "1GB", "default", true, ""));
        assertThat(setting(report, "server.port").value()).isEqualTo("9000");
        assertThat(setting(report, "objectos.database.password").value()).isEqualTo("******");
        assertThat(report.settings().toString()).doesNotContain("hunter2");
    }

    @Test
    void appliesWhatIsSafeAndSaysWhyTheRestWaits() throws Exception {
        write("objectos.yml", "objectos:\n  health: {free-space: 2GB}\n");
        ReloadableConfiguration configuration = configuration();
        write("objectos.yml",
                "objectos:\n  health: {free-space: 3GB}\n  database: {pools: {app: 9}}\n  profile: lite\n");
        Report report = configuration.reload();
        assertThat(freeSpace.bytes).isEqualTo(3L << 30);
        assertThat(setting(report, "objectos.health.free-space").value()).isEqualTo("3GB");
        assertThat(setting(report, "objectos.database.pools.app").value()).as("what it runs with").isEqualTo("16");
        assertThat(report.profile()).isEqualTo("cloud");
        assertThat(report.waiting()).extracting(Object::toString).satisfiesExactly(
                one -> assertThat(one).contains("objectos.database.pools.app",
                        "restart needed: connections are opened at the start"),
                one -> assertThat(one).contains("objectos.profile", "restart needed: built-in plugins"));
        assertThat(String.valueOf(heard.poll(5, TimeUnit.SECONDS))).contains("ConfigurationChanged",
                "objectos.health.free-space", "objectos.database.pools.app");
        configuration.reload();
        write("objectos.yml", "");
        assertThat(configuration.reload().waiting()).isEmpty();
        assertThat(freeSpace.bytes).as("the default").isEqualTo(1L << 30);
        assertThat(String.valueOf(heard.poll(5, TimeUnit.SECONDS))).contains("applied=[objectos.health.free-space]");
        assertThat(heard).as("a file that has not changed is no event").isEmpty();
    }

    @Test
    void keepsTheLastGoodSettingsWhereAFileCannotBeUsed() throws Exception {
        write("objectos.yml", "objectos:\n  health: {free-space: 2GB}\n");
        ReloadableConfiguration configuration = configuration();
        for (Map.Entry<String, String> bad : Map.of(
                "objectos:\n  health:\n    interval: soon\n    free-space: 5GB\n", "objectos.yml:3:15: objectos.health",
                "objectos:\n  health:\n    failures: 0\n", "must be positive",
                "objectos:\n  health: {free-space: 13B}\n", "13 brings bad luck",
                "objectos:\n  health: [1\n", "objectos.yml:3:1: ").entrySet()) {
            write("objectos.yml", bad.getKey());
            Report report = configuration.reload();
            assertThat(report.problems()).as(bad.getKey()).anySatisfy(
                    problem -> assertThat(problem).contains(bad.getValue()));
            assertThat(setting(report, "objectos.health.free-space").value()).isEqualTo("2GB");
            assertThat(freeSpace.bytes).isIn(0L, 2L << 30);
            assertThat(String.valueOf(heard.poll(5, TimeUnit.SECONDS))).contains("ConfigurationRefused");
        }
        write("objectos.yml", "objectos:\n  health: {free-space: 4GB}\n");
        assertThat(configuration.reload().problems()).isEmpty();
        assertThat(freeSpace.bytes).isEqualTo(4L << 30);
    }

    @Test
    void saysThatNobodyReadsANameAndWhichOneIsMeant() throws IOException {
        write("objectos.yml", "objectos:\n  health:\n    intervall: 3s\n  plugins: {acme-crm: {enabled: true}}\n");
        assertThat(configuration().report().problems()).containsExactly(
                "objectos.yml:3:16: nothing reads 'objectos.health.intervall'; did you mean 'objectos.health.interval'?");
    }

    @Test
    void saysThatTheEnvironmentIsStronger() throws IOException {
        variables.put("OBJECTOS_HEALTH_INTERVAL", "9s");
        ReloadableConfiguration configuration = configuration();
        write("objectos.yml", "objectos.health.interval: 8s\n");
        Report report = configuration.reload();
        assertThat(report.waiting()).singleElement().extracting(Object::toString).asString().contains("no effect");
        assertThat(setting(report, "objectos.health.interval").value()).isEqualTo("9s");
    }

    @Test
    void doesNotStartWithAFileThatCannotBeRead() throws IOException {
        write("objectos.yml", "objectos:\n  health: {a: 1, a: 2}\n");
        assertThatThrownBy(this::configuration).isInstanceOf(UnusableSettingsException.class)
                .hasMessageStartingWith("objectos.yml:2:");
        write("objectos.yml", "objectos: {home: elsewhere}\n");
        assertThatThrownBy(this::configuration).hasMessageContaining("objectos.yml:1:")
                .hasMessageContaining("OBJECTOS_HOME");
        var failure = new UnusableSettingsException(List.of("objectos.yml:2:1: wrong"));
        assertThat(new UnusableSettingsFailureAnalyzer().analyze(new IllegalStateException(failure))).satisfies(
                shown -> assertThat(shown.getDescription()).contains("objectos.yml:2:1: wrong"));
    }

    @Test
    void looksAtTheFilesUntilItIsStopped() throws Exception {
        var watcher = new SettingsWatcher(configuration(), () -> {}, java.time.Duration.ofMillis(20));
        watcher.start();
        try {
            write("objectos.yml", "objectos.health.free-space: 6GB\n");
            assertThat(String.valueOf(heard.poll(10, TimeUnit.SECONDS))).contains("objectos.health.free-space");
            assertThat(freeSpace.bytes).isEqualTo(6L << 30);
        } finally {
            watcher.stop();
        }
    }
}
