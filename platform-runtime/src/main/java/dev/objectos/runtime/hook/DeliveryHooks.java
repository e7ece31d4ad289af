package dev.objectos.runtime.hook;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.event.delivery.DeliveryGuard;
import dev.objectos.runtime.spi.EventHook.Point;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stands before and behind the subscribers of record events for hooks. */
public final class DeliveryHooks implements DeliveryGuard {

    private static final Duration LATER = Duration.ofSeconds(1);

    private final Hooks hooks;

    public DeliveryHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public boolean admits(String subscriber, RecordEvent event) {
        for (JoinedEventHook hook : hooks.at(Point.BEFORE_DELIVER)) {
            try {
                if (!hook.caller().call(hook.name(), "before an event was delivered",
                        () -> hook.hook().beforeDeliver(subscriber, event))) {
                    return false;
                }
            } catch (PlatformException e) {
                if (e.code() == RuntimeError.PLUGIN_SUSPENDED || e.code() == RuntimeError.RATE_LIMITED) {
                    // The subscriber is another's, and shall not lose its tries by it.
                    throw new PostponedException(LATER, e.message());
                }
                throw e;
            }
        }
        return true;
    }

    @Override
    public void handled(String subscriber, RecordEvent event, @Nullable Throwable failure) {
        for (JoinedEventHook hook : hooks.at(Point.AFTER_DELIVER)) {
            hook.caller().tell(hook.name(), "after an event was delivered", () -> {
                hook.hook().afterDeliver(subscriber, event, failure);
                return true;
            });
        }
    }
}
