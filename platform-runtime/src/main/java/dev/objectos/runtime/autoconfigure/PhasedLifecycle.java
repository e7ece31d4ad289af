package dev.objectos.runtime.autoconfigure;

import org.springframework.context.SmartLifecycle;

/** A step of the start and its counterpart at the end; later phases start later and stop earlier. */
final class PhasedLifecycle implements SmartLifecycle {

    /** Before anything is written or read. */
    static final int HOOKS = -20;

    /** Before the metadata is published. */
    static final int ADDED_PLUGINS_OPENING = -10;

    /** Before web servers, which start late and stop early. */
    static final int BOOT_SEQUENCE = 0;

    static final int ADDED_PLUGINS = 50;

    /** After the boot sequence, before web servers. */
    static final int EVENTS = 100;

    /** Once everything else runs. */
    static final int HEALTH = 200;

    private final int phase;
    private final boolean enabled;
    private final Runnable begin;
    private final Runnable end;
    private volatile boolean running;

    /** @param enabled false: neither is called */
    PhasedLifecycle(int phase, boolean enabled, Runnable begin, Runnable end) {
        this.phase = phase;
        this.enabled = enabled;
        this.begin = begin;
        this.end = end;
    }

    @Override
    public void start() {
        if (enabled) {
            begin.run();
        }
        running = true;
    }

    @Override
    public void stop() {
        if (enabled) {
            end.run();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
