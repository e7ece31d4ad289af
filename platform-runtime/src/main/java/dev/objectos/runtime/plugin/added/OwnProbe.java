package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.time.Duration;

/**
 * A probe of an added plugin, in its name. However it answers, the server goes on serving: the plugin is started again
 * instead.
 */
record OwnProbe(String owner, HealthProbe probe) implements HealthProbe {

    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public Duration timeout() {
        return probe.timeout();
    }

    @Override
    public HealthResult check() throws Exception {
        return probe.check();
    }
}
