package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.spi.ActionCall;
import dev.objectos.runtime.spi.ActionHandler;
import org.jspecify.annotations.Nullable;

/** A handler of actions of an added plugin, called within the plugin's limits. */
final class GuardedAction implements ActionHandler {

    private final ActionHandler own;
    private final PluginCalls calls;
    private final String name;

    GuardedAction(ActionHandler own, PluginCalls calls) {
        this.own = own;
        this.calls = calls;
        this.name = own.name();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Object run(ActionCall call) {
        return calls.act(call.action(), call.session(), () -> own.run(call));
    }
}
