package dev.objectos.audit.autoconfigure;

import dev.objectos.audit.AuditPlugin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Adds the plugin {@value AuditPlugin#ID} to the server. */
@AutoConfiguration
public final class AuditAutoConfiguration {

    @Bean
    AuditPlugin objectOsAuditPlugin() {
        return new AuditPlugin();
    }
}
