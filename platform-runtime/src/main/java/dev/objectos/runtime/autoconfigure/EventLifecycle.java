package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.event.delivery.EventDispatcher;
import org.springframework.context.SmartLifecycle;

/** Delivers events from when the metadata is published until shortly before the plugins stop. */
final class EventLifecycle implements SmartLifecycle {

    /** After the boot sequence, before web servers. */
    private static final int PHASE = 100;

    private final EventDispatcher dispatcher;
    private final boolean enabled;
    private volatile boolean running;

    EventLifecycle(EventDispatcher dispatcher, boolean enabled) {
        this.dispatcher = dispatcher;
        this.enabled = enabled;
    }

    @Override
    public void start() {
        if (enabled) {
            dispatcher.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        if (enabled) {
            dispatcher.stop();
        }
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
