package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;

/** A subscriber of an added plugin, called within the plugin's limits; while it may not be called its events wait. */
final class GuardedSubscriber implements EventSubscriber {

    private final EventSubscriber own;
    private final PluginCalls calls;

    GuardedSubscriber(EventSubscriber own, PluginCalls calls) {
        this.own = own;
        this.calls = calls;
    }

    @Override
    public String name() {
        return own.name();
    }

    @Override
    public EventFilter filter() {
        return own.filter();
    }

    @Override
    public DeliveryPolicy policy(DeliveryPolicy configured) {
        return calls.within(own.policy(configured));
    }

    @Override
    public void handle(RecordEvent event, Session session) throws Exception {
        calls.handle(() -> {
            own.handle(event, session);
            return true;
        });
    }
}
