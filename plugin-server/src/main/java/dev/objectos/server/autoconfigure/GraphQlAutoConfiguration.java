package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.graphql.Engine;
import dev.objectos.server.graphql.GraphQlController;
import dev.objectos.server.graphql.GraphQlProperties;
import dev.objectos.server.graphql.PersistedDocuments;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** GraphQL over the records. */
@AutoConfiguration(after = ServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Records.class, ObjectRights.class, JsonBodies.class})
@EnableConfigurationProperties(GraphQlProperties.class)
public final class GraphQlAutoConfiguration {

    @Bean
    Engine objectOsGraphQlEngine(Catalogs catalogs, Records records, ObjectRights rights,
            GraphQlProperties properties) {
        return new Engine(catalogs, records, rights, properties);
    }

    @Bean
    GraphQlController objectOsGraphQlController(Engine engine, JsonBodies bodies, GraphQlProperties properties) {
        return new GraphQlController(engine, new PersistedDocuments(properties.allowList()), bodies, properties);
    }
}
