package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.health.probe.RedisProbe;
import dev.objectos.runtime.redis.RedisProperties;
import dev.objectos.runtime.redis.RedisServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Wires Redis where something is configured to use it; elsewhere no connection is made and none of its classes loaded. */
@AutoConfiguration
@Conditional(RedisAutoConfiguration.Used.class)
@EnableConfigurationProperties(RedisProperties.class)
public final class RedisAutoConfiguration {

    @Bean
    RedisServer redisServer(RedisProperties properties) {
        return new RedisServer(properties);
    }

    @Bean
    RedisProbe redisProbe(RedisServer redis) {
        return new RedisProbe(redis);
    }

    /** Whether values or caches are kept there. */
    static final class Used extends AnyNestedCondition {

        Used() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "objectos.storage.driver", havingValue = "redis")
        static final class ForStorage {}

        @ConditionalOnProperty(name = "objectos.cache.driver", havingValue = "redis")
        static final class ForCaches {}
    }
}
