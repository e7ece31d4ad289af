package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;

/** Whether Redis answers, where something is kept there. Records do not need it. */
public record RedisProbe(RedisServer redis) implements HealthProbe {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public HealthResult check() {
        redis.call(client -> client.ping());
        return HealthResult.up("it answers");
    }
}
