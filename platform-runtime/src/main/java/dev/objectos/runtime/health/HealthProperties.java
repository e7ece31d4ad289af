package dev.objectos.runtime.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the server watches itself ({@code objectos.health}).
 *
 * @param enabled {@code OBJECTOS_HEALTH_ENABLED}: false: nothing is probed
 * @param interval {@code OBJECTOS_HEALTH_INTERVAL}: between two rounds of probes
 * @param failures {@code OBJECTOS_HEALTH_FAILURES}: in a row, after which a probe is down and is left alone for a while
 * @param rest {@code OBJECTOS_HEALTH_REST}: how long a probe that is down is left alone
 * @param history answers that are kept of each probe
 * @param freeSpace {@code OBJECTOS_HEALTH_FREESPACE}: below which the disk of {@code OBJECTOS_HOME} is degraded; below a
 *        tenth of it, down
 * @param eventDelay {@code OBJECTOS_HEALTH_EVENTDELAY}: how long a committed event may wait to be routed
 * @param clockSkew {@code OBJECTOS_HEALTH_CLOCKSKEW}: how far the clocks of server and database may be apart
 */
@ConfigurationProperties("objectos.health")
public record HealthProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10s") Duration interval,
        @DefaultValue("5") int failures, @DefaultValue("30s") Duration rest, @DefaultValue("50") int history,
        @DefaultValue("1GB") DataSize freeSpace, @DefaultValue("60s") Duration eventDelay,
        @DefaultValue("2s") Duration clockSkew) {

    public static final HealthProperties DEFAULT = new HealthProperties(true, Duration.ofSeconds(10), 5,
            Duration.ofSeconds(30), 50, DataSize.ofGigabytes(1), Duration.ofSeconds(60), Duration.ofSeconds(2));

    public HealthProperties {
        if (!interval.isPositive() || failures < 1 || rest.isNegative() || history < 1) {
            throw new IllegalArgumentException("objectos.health: interval, failures and history must be positive, "
                    + "rest must not be negative");
        }
    }
}
