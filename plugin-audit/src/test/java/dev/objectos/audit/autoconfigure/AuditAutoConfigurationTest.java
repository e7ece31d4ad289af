package dev.objectos.audit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.audit.AuditPlugin;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

class AuditAutoConfigurationTest {

    @Test
    void addsThePluginThatTheManifestNames() throws IOException {
        String manifest = new ClassPathResource("META-INF/objectos/plugin.yml", AuditPlugin.class.getClassLoader())
                .getContentAsString(StandardCharsets.UTF_8);

        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AuditAutoConfiguration.class))
                .run(context -> assertThat(manifest.lines())
                        .contains("id: " + context.getBean(PlatformPlugin.class).id()));
    }
}
