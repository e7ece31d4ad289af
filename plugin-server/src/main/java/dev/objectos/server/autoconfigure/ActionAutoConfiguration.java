package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.server.action.ActionController;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Lets clients run actions. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.ActionAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Actions.class, JsonBodies.class})
public final class ActionAutoConfiguration {

    @Bean
    ActionController objectOsActionController(Actions actions, Catalogs catalogs, JsonBodies bodies) {
        return new ActionController(actions, catalogs, bodies);
    }
}
