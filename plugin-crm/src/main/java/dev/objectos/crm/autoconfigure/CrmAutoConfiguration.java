package dev.objectos.crm.autoconfigure;

import dev.objectos.crm.CrmPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the plugin {@value CrmPlugin#ID} to the server. */
@AutoConfiguration
public final class CrmAutoConfiguration {

    @Bean
    CrmPlugin objectOsCrmPlugin() {
        return new CrmPlugin();
    }
}
