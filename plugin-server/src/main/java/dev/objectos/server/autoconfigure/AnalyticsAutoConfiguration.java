package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.analytics.AnalyticsController;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Answers questions of measures and dimensions. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Records.class, JsonBodies.class})
public final class AnalyticsAutoConfiguration {

    @Bean
    AnalyticsController objectOsAnalyticsController(Records records, Catalogs catalogs, JsonBodies bodies,
            ObjectRights rights) {
        return new AnalyticsController(records, catalogs, bodies, rights);
    }
}
