package dev.objectos.runtime.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.EmbeddedPostgresServer;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.health.BootTimeline;
import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSelection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Opens the database, the embedded one where none is given, and brings the platform's own tables up to date. */
@AutoConfiguration(beforeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@EnableConfigurationProperties({RuntimeProperties.class, DatabaseProperties.class, ProfileProperties.class})
public final class DatabaseAutoConfiguration {

    @Bean
    BootTimeline bootTimeline() {
        return new BootTimeline();
    }

    /** Normally there already: {@link SelectedPlugins} needs to know before there are beans. */
    @Bean
    @ConditionalOnMissingBean
    PluginRegistry pluginRegistry(Environment environment) {
        return PluginRegistry.discover(DatabaseAutoConfiguration.class.getClassLoader(),
                PluginSelection.of(environment));
    }

    /** Closed after the pools, because they depend on it. */
    @Bean
    @ConditionalOnMissingBean(Databases.class)
    @ConditionalOnExpression("'${objectos.database.url:}'.isBlank()")
    EmbeddedPostgresServer embeddedPostgres(RuntimeProperties properties, BootTimeline boot) {
        return boot.phase("postgres", () -> EmbeddedPostgresServer.start(properties.home().resolve("postgres")));
    }

    @Bean
    @ConditionalOnMissingBean
    Databases databases(DatabaseProperties properties, ObjectProvider<EmbeddedPostgresServer> embedded,
            PluginRegistry plugins, BootTimeline boot) {
        @Nullable
        EmbeddedPostgresServer server = embedded.getIfAvailable();
        Databases databases = boot.phase("database",
                () -> DatabaseBootstrap.open(server == null ? properties : server.properties(properties)));
        boot.phase("migrations", () -> PlatformMigrations.migrate(databases,
                plugins.plugins().stream().map(PluginDescriptor::id).toList()));
        return databases;
    }

    /** What JPA and the platform's own work use; closed with {@link Databases}. */
    @Bean(destroyMethod = "")
    HikariDataSource dataSource(Databases databases) {
        return databases.worker();
    }
}
