package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.Hook;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.util.function.Consumer;

/** The code of a plugin in the server. */
interface PluginCode {

    /** A plugin of YAML alone. */
    PluginCode NONE = new PluginCode() {

        @Override
        public void hook(Hook hook, Consumer<PlatformPlugin> step) {}

        @Override
        public void join() {}

        @Override
        public void unsubscribe() {}

        @Override
        public void leave() {}

        @Override
        public void close() {}
    };

    /** Calls a hook of the plugin's own code, which has a limited time. */
    void hook(Hook hook, Consumer<PlatformPlugin> step);

    /** Takes part in writes, events and requests from now on, in the place of an earlier version of the plugin. */
    void join();

    /**
     * Ends the durable subscriptions, the probes and the protocols, whose names and ports only one run at a time can have;
     * {@link #join} begins them again.
     */
    void unsubscribe();

    /** Takes part no longer; returns once what is under way has ended, or after a while. */
    void leave();

    /** Lets go of everything. */
    void close();
}
