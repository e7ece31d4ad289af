package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ImportJobs;
import dev.objectos.runtime.spi.RecordImports;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.export.ExportController;
import dev.objectos.server.intake.ImportBodies;
import dev.objectos.server.intake.ImportController;
import dev.objectos.server.intake.ImportJobController;
import dev.objectos.server.web.JsonBodies;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the endpoints for files of records. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.IntakeAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Records.class)
@EnableConfigurationProperties(BulkProperties.class)
public final class BulkAutoConfiguration {

    @Bean
    ExportController objectOsExportController(Records records, Catalogs catalogs, Clock clock,
            BulkProperties properties) {
        return new ExportController(records, catalogs, clock, properties.exports());
    }

    /** Where records are stored, and not merely answered for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({RecordImports.class, ImportJobs.class})
    static class Intake {

        @Bean
        ImportBodies objectOsImportBodies(BulkProperties properties) {
            return new ImportBodies(new JsonBodies(Math.toIntExact(properties.maxJsonSize().toBytes())),
                    properties.maxFileSize().toBytes());
        }

        @Bean
        ImportController objectOsImportController(RecordImports imports, Catalogs catalogs, ImportBodies bodies) {
            return new ImportController(imports, catalogs, bodies);
        }

        @Bean
        ImportJobController objectOsImportJobController(ImportJobs jobs, Catalogs catalogs, ImportBodies bodies) {
            return new ImportJobController(jobs, catalogs, bodies);
        }
    }
}
