package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.health.HealthMonitor;
import org.springframework.context.SmartLifecycle;

/** Watches from when everything else runs until shortly before anything stops. */
final class HealthLifecycle implements SmartLifecycle {

    /** After the delivery of events, before web servers. */
    private static final int PHASE = 200;

    private final HealthMonitor monitor;
    private final boolean enabled;
    private volatile boolean running;

    HealthLifecycle(HealthMonitor monitor, boolean enabled) {
        this.monitor = monitor;
        this.enabled = enabled;
    }

    @Override
    public void start() {
        if (enabled) {
            monitor.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        monitor.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
