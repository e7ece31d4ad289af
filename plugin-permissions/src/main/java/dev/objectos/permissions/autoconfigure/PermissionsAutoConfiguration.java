package dev.objectos.permissions.autoconfigure;

import dev.objectos.permissions.PermissionsPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the plugin {@value PermissionsPlugin#ID} to the server. */
@AutoConfiguration
public final class PermissionsAutoConfiguration {

    @Bean
    PermissionsPlugin objectOsPermissionsPlugin() {
        return new PermissionsPlugin();
    }
}
