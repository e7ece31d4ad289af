package dev.objectos.hrm.autoconfigure;

import dev.objectos.hrm.HrmPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the plugin {@value HrmPlugin#ID} to the server. */
@AutoConfiguration
public final class HrmAutoConfiguration {

    @Bean
    HrmPlugin objectOsHrmPlugin() {
        return new HrmPlugin();
    }
}
