package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.spi.ServerConfiguration;
import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a whole server, from its file to what it does. */
class ConfigurationTests {

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() throws IOException {
        write("10MB", "INFO");
        http = RealServer.start(home, "configuration");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static void write(String size, String level) throws IOException {
        Files.writeString(home.resolve("objectos.yml"), """
                objectos:
                  configuration: {watch: false}
                  server:
                    max-body-size: %s
                  helth: {interval: 3s}
                logging.level.dev.objectos.acme: %s
                """.formatted(size, level));
    }

    @Test
    void changesWhatItDoesWhileItRuns() throws IOException {
        String body = "{\"name\":\"" + "x".repeat(2_000) + "\"}";
        assertThat(http.post("/api/data/nothing", body).status()).isEqualTo(404);
        write("1KB", "DEBUG");
        http.bean(ServerConfiguration.class).reload();
        assertThat(http.post("/api/data/accounts", body).status()).isEqualTo(413);
        assertThat(org.slf4j.LoggerFactory.getLogger("dev.objectos.acme").isDebugEnabled()).isTrue();
        write("1KB", "LOUD");
        http.bean(ServerConfiguration.class).reload();
        assertThat(http.get("/api/configuration").body()).contains("LOUD");
        assertThat(org.slf4j.LoggerFactory.getLogger("dev.objectos.acme").isDebugEnabled()).isTrue();
        write("10MB", "INFO");
        assertThat(http.bean(ServerConfiguration.class).reload().waiting()).isEmpty();
        assertThat(org.slf4j.LoggerFactory.getLogger("dev.objectos.acme").isDebugEnabled()).isFalse();
    }

    @Test
    void showsPlatformAdministratorsWhatHoldsAndWhoSaysSo() {
        Answer answer = http.get("/api/configuration");
        assertThat(answer.body()).contains("\"profile\":\"cloud\"", "{\"name\":\"objectos.server.max-body-size\"",
                "\"source\":\"objectos.yml:4:20\",\"live\":true",
                "nothing reads 'objectos.helth.interval'; did you mean 'objectos.health.interval'?",
                "{\"name\":\"objectos.database.password\",\"value\":\"******\"");
        assertThat(http.get("/api/configuration", "Authorization", "Bearer member").status()).isEqualTo(403);
        assertThat(http.get("/api/configuration/schema").body()).contains("\"max-body-size\"", "\"embedded\"");
    }

    @Test
    void countsWhatTheKernelDoes() {
        assertThat(http.get("/actuator/prometheus", "Accept", "text/plain").body()).contains(
                "objectos_plugins{state=\"enabled\"}", "objectos_bus_published_total", "objectos_bus_waiting",
                "objectos_boot_phase_seconds{phase=\"metadata\"}", "objectos_services_offered",
                "objectos_events_published_total", "objectos_storage_expired_total", "objectos_health");
    }
}
