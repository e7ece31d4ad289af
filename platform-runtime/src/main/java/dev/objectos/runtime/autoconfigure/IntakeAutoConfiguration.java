package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.intake.BackgroundImports;
import dev.objectos.runtime.intake.ImportProperties;
import dev.objectos.runtime.intake.RecordImporter;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.UserSessions;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires imports, those that are waited for and those in the background. */
@AutoConfiguration(after = RuntimeAutoConfiguration.class)
@EnableConfigurationProperties(ImportProperties.class)
public final class IntakeAutoConfiguration {

    @Bean
    RecordImporter recordImporter(Catalogs catalogs, Records records, WritePipeline writes, ObjectRights rights,
            ChangeRights changes) {
        return new RecordImporter(catalogs, records, writes, rights, changes);
    }

    @Bean(destroyMethod = "")
    BackgroundImports backgroundImports(Databases databases, RecordImporter importer, WritePipeline writes,
            ObjectProvider<UserSessions> sessions, ImportProperties properties) {
        return new BackgroundImports(databases.worker(), importer, writes,
                () -> Optional.ofNullable(sessions.getIfAvailable()), properties);
    }

    @Bean
    PhasedLifecycle importLifecycle(BackgroundImports imports, ImportProperties properties) {
        return new PhasedLifecycle(PhasedLifecycle.EVENTS, properties.enabled(), imports::start, imports::close);
    }
}
