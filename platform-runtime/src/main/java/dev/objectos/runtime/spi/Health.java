package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.Subscription;
import java.util.List;

/** How this server is doing. */
public interface Health {

    /** Down where a critical probe is down; degraded where anything else is not up. */
    HealthStatus status();

    /** Everything that is watched, by name. */
    List<ProbeHealth> probes();

    /**
     * Watches one more thing until the answer is closed.
     *
     * @throws IllegalStateException where a probe of that name is there already
     */
    Subscription watch(HealthProbe probe);
}
