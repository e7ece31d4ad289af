package dev.objectos.workflow.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.workflow.WorkflowPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

class WorkflowAutoConfigurationTest {

    @Test
    void addsThePluginThatTheManifestNames() throws IOException {
        String manifest = new ClassPathResource("META-INF/objectos/plugin.yml", WorkflowPlugin.class.getClassLoader())
                .getContentAsString(StandardCharsets.UTF_8);

        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkflowAutoConfiguration.class))
                .run(context -> assertThat(manifest.lines())
                        .contains("id: " + context.getBean(PlatformPlugin.class).id()));
    }
}
