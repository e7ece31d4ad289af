package dev.objectos.permissions.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.PermissionsPlugin;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

class PermissionsAutoConfigurationTest {

    @Test
    void addsThePluginThatTheManifestNames() throws IOException {
        String manifest = new ClassPathResource("META-INF/objectos/plugin.yml",
                PermissionsPlugin.class.getClassLoader())
                .getContentAsString(StandardCharsets.UTF_8);

        // The other beans work for the runtime's, which the assembly brings.
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PermissionsAutoConfiguration.class))
                .withInitializer(context -> context
                        .addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(manifest.lines())
                        .contains("id: " + context.getBean(PlatformPlugin.class).id()));
    }
}
