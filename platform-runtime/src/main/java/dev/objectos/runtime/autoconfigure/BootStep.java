package dev.objectos.runtime.autoconfigure;

import org.springframework.context.SmartLifecycle;

/** Something that is done at its place in the start of the server, and undone at the same place in its end. */
final class BootStep implements SmartLifecycle {

    private final int phase;
    private final Runnable start;
    private final Runnable stop;
    private volatile boolean running;

    /** @param phase lower starts earlier and stops later; metadata is published in phase 0 */
    BootStep(int phase, Runnable start, Runnable stop) {
        this.phase = phase;
        this.start = start;
        this.stop = stop;
    }

    @Override
    public void start() {
        start.run();
        running = true;
    }

    @Override
    public void stop() {
        stop.run();
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
