package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.export.ExportController;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Adds the endpoints for files of records. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Records.class)
@EnableConfigurationProperties(BulkProperties.class)
public final class BulkAutoConfiguration {

    @Bean
    ExportController objectOsExportController(Records records, Catalogs catalogs, Clock clock,
            BulkProperties properties) {
        return new ExportController(records, catalogs, clock, properties.exports());
    }
}
