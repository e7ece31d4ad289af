package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.spi.IdempotencyKeys;
import dev.objectos.server.idempotency.IdempotencyFilter;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Lets callers repeat their writes. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({IdempotencyKeys.class, JsonBodies.class})
public final class IdempotencyAutoConfiguration {

    /** The last filter: whoever is calling is known by then. */
    @Bean
    FilterRegistrationBean<IdempotencyFilter> objectOsIdempotencyFilter(IdempotencyKeys keys, JsonBodies bodies) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(keys, bodies));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
