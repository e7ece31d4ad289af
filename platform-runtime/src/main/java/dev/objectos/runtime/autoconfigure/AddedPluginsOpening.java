package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.plugin.added.AddedPlugins;
import org.springframework.context.SmartLifecycle;

/** Opens the added plugins before the metadata is published, so that theirs is part of the first snapshot. */
final class AddedPluginsOpening implements SmartLifecycle {

    /** Before the boot sequence. */
    private static final int PHASE = -10;

    private final AddedPlugins plugins;
    private volatile boolean running;

    AddedPluginsOpening(AddedPlugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public void start() {
        plugins.open();
        running = true;
    }

    @Override
    public void stop() {
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
