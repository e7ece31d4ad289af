package dev.objectos.automation.autoconfigure;

import dev.objectos.automation.AutomationPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Adds the plugin {@value AutomationPlugin#ID} to the server. */
@AutoConfiguration
@Import(AutomationWeb.class)
public final class AutomationAutoConfiguration {

    @Bean
    AutomationPlugin objectOsAutomationPlugin() {
        return new AutomationPlugin();
    }
}
