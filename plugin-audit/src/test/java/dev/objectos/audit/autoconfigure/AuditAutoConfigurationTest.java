package dev.objectos.audit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.audit.AuditPlugin;
import dev.objectos.audit.seal.Verification;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

class AuditAutoConfigurationTest {

    @TempDir
    private Path home;

    /** What the assembly has from its servers. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    void addsThePluginThatTheManifestNames() throws IOException {
        String manifest = new ClassPathResource("META-INF/objectos/plugin.yml", AuditPlugin.class.getClassLoader())
                .getContentAsString(StandardCharsets.UTF_8);

        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AuditAutoConfiguration.class))
                .run(context -> assertThat(manifest.lines())
                        .contains("id: " + context.getBean(PlatformPlugin.class).id()));
    }

    @Test
    void recordsAndSealsWhatAServerDoes() throws IOException {
        Path metadata = Files.createDirectories(home.resolve("metadata"));
        Files.writeString(metadata.resolve("boats.object.yml"), "fields: {title: {type: text}}\n");
        DatabaseProperties database = TestingDatabase.empty("audit_server");
        var application = new SpringApplication(ObjectOs.class, Beans.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of("objectos.home", home.toString(), "objectos.database.url",
                String.valueOf(database.url()), "objectos.database.user", String.valueOf(database.user()),
                "objectos.database.password", String.valueOf(database.password()), "objectos.metadata.dirs",
                metadata.toString(), "objectos.audit.seal", "20ms"));
        try (var context = application.run()) {
            Session system = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
            Records records = context.getBean(Records.class);
            records.create(new Mutation.Create("boats", new LinkedHashMap<>(Map.of("title", "Ariel"))), system);
            assertThat(records.query(Query.of("_audit_log"), system).toString()).contains("Ariel");
            context.getBean(MetadataEditing.class).save(new ItemKey("object", "oars"),
                    "fields: {length: {type: integer}}".getBytes(StandardCharsets.UTF_8), Options.DEFAULT, system);
            assertThat(records.query(Query.of("_audit_log"), system).toString()).contains("metadata.published",
                    "create oars");
            Verifier verifier = context.getBean(Verifier.class);
            Eventually.await(() -> verifier.verify(Session.DEFAULT_TENANT).checked() > 0);
            assertThat(verifier.verify(null)).extracting(Verification::valid).isEqualTo(true);
            assertThat(context.getBean(Doctor.class).examine()).filteredOn(
                    finding -> finding.status() == DoctorFinding.Status.FAIL).isEmpty();
        }
    }
}
