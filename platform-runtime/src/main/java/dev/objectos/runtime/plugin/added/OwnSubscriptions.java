package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.EventSubscriptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The durable subscriptions of one plugin, which end with it. */
final class OwnSubscriptions implements EventSubscriptions {

    private final EventSubscriptions server;
    private final PluginCalls calls;
    private final List<Subscription> open = new CopyOnWriteArrayList<>();

    OwnSubscriptions(EventSubscriptions server, PluginCalls calls) {
        this.server = server;
        this.calls = calls;
    }

    @Override
    public Subscription add(EventSubscriber subscriber) {
        Subscription subscription = server.add(new GuardedSubscriber(subscriber, calls));
        open.add(subscription);
        return () -> {
            open.remove(subscription);
            subscription.close();
        };
    }

    void closeAll() {
        List<Subscription> ending = List.copyOf(open);
        open.removeAll(ending);
        ending.forEach(Subscription::close);
    }
}
