package dev.objectos.workflow.autoconfigure;

import dev.objectos.workflow.WorkflowPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the plugin {@value WorkflowPlugin#ID} to the server. */
@AutoConfiguration
public final class WorkflowAutoConfiguration {

    @Bean
    WorkflowPlugin objectOsWorkflowPlugin() {
        return new WorkflowPlugin();
    }
}
