package dev.objectos.runtime.hook;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.EventHook.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before and behind the bus for hooks. The server's own events are told where a hook fails. */
public final class BusHooks implements EventBus.Guard {

    private static final Logger LOG = LoggerFactory.getLogger(BusHooks.class);

    private final Hooks hooks;

    public BusHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public boolean admits(Object event) {
        for (JoinedEventHook hook : hooks.at(Point.BEFORE_PUBLISH)) {
            try {
                if (!hook.caller().call(hook.name(), "before an event was published",
                        () -> hook.hook().beforePublish(event))) {
                    return false;
                }
            } catch (PlatformException e) {
                LOG.warn("{} is told although a hook failed: {}", event, e.message(), e.getCause());
            }
        }
        return true;
    }

    @Override
    public void told(Object event) {
        for (JoinedEventHook hook : hooks.at(Point.AFTER_PUBLISH)) {
            hook.caller().tell(hook.name(), "after an event was published", () -> {
                hook.hook().afterPublish(event);
                return true;
            });
        }
    }
}
