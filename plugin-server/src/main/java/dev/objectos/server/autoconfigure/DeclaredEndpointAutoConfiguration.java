package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.Parameters;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.declared.CallableEndpoints;
import dev.objectos.server.declared.DeclaredEndpointMapping;
import dev.objectos.server.declared.DeclaredEndpoints;
import dev.objectos.server.openapi.PathOperation;
import dev.objectos.server.web.JsonBodies;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Serves the endpoints that metadata declares. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.ActionAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Actions.class, Parameters.class, QueryCheck.class, JsonBodies.class})
public final class DeclaredEndpointAutoConfiguration {

    @Bean
    DeclaredEndpointMapping objectOsDeclaredEndpoints(Catalogs catalogs, QueryCheck queries, Records records,
            Actions actions, ObjectProvider<ActionRights> rights, Parameters parameters, JsonBodies bodies,
            Clock clock) {
        return new DeclaredEndpointMapping(catalogs, queries, records, actions,
                SingletonSupplier.of(() -> rights.getIfAvailable(() -> ActionRights.OPEN)), parameters, bodies, clock);
    }

    @Bean
    PathOperation.Source objectOsCallableEndpoints(QueryCheck queries, ObjectProvider<ActionRights> rights) {
        return new CallableEndpoints(queries,
                SingletonSupplier.of(() -> rights.getIfAvailable(() -> ActionRights.OPEN)));
    }

    @Bean
    MetadataCheck objectOsEndpointCheck(QueryCheck queries) {
        return catalog -> DeclaredEndpoints.of(catalog, queries).violations();
    }
}
