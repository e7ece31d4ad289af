package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.cache.node.CacheProperties;
import dev.objectos.runtime.cache.node.NodeCaches;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.redis.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires the caches of plugins, and what nodes tell each other about them. */
@AutoConfiguration(after = {RuntimeAutoConfiguration.class, RedisAutoConfiguration.class})
@EnableConfigurationProperties(CacheProperties.class)
public final class CacheAutoConfiguration {

    @Bean(initMethod = "start", destroyMethod = "stop")
    @ConditionalOnMissingBean(Caches.class)
    NodeCaches caches(CacheProperties properties, Databases databases, ObjectProvider<RedisServer> redis,
            MeterRegistry meters) {
        return properties.driver().equals(CacheProperties.REDIS)
                ? NodeCaches.shared(properties, redis.getObject(), meters)
                : NodeCaches.notified(properties, databases.worker(), databases.direct(), meters);
    }
}
