package dev.objectos.server.administration;

import dev.objectos.runtime.spi.HealthStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The platform's part of {@code /actuator/health}: what is merely degraded still serves, and so is up there. */
public final class PlatformHealthIndicator implements HealthIndicator {

    private final dev.objectos.runtime.spi.Health health;

    public PlatformHealthIndicator(dev.objectos.runtime.spi.Health health) {
        this.health = health;
    }

    @Override
    public Health health() {
        HealthStatus status = health.status();
        return (status == HealthStatus.DOWN ? Health.down() : Health.up()).withDetail("platform", status.name())
                .build();
    }
}
