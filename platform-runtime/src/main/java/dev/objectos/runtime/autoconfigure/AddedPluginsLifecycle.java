package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.plugin.added.AddedPlugins;
import org.springframework.context.SmartLifecycle;

/** Runs the added plugins from when their metadata is published until shortly before the built-in ones stop. */
final class AddedPluginsLifecycle implements SmartLifecycle {

    /** After the boot sequence, before events are delivered and web servers start. */
    private static final int PHASE = 50;

    private final AddedPlugins plugins;
    private volatile boolean running;

    AddedPluginsLifecycle(AddedPlugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public void start() {
        plugins.start();
        running = true;
    }

    @Override
    public void stop() {
        plugins.stop();
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
