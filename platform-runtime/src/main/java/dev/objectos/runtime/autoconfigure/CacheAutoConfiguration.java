package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.cache.node.CacheProperties;
import dev.objectos.runtime.cache.node.NodeCaches;
import dev.objectos.runtime.database.Databases;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires the caches of plugins, and what nodes tell each other about them. */
@AutoConfiguration(after = RuntimeAutoConfiguration.class)
@EnableConfigurationProperties(CacheProperties.class)
public final class CacheAutoConfiguration {

    @Bean(initMethod = "start", destroyMethod = "stop")
    @ConditionalOnMissingBean(Caches.class)
    NodeCaches caches(CacheProperties properties, Databases databases, MeterRegistry meters) {
        return new NodeCaches(properties, databases.worker(), databases.direct(), meters);
    }
}
