package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.EventSubscriptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears of the changes that leave triggers something to do, and of no others: follows the catalog. */
public final class RunSubscription implements AutoCloseable {

    /** Under which events wait. */
    public static final String NAME = "objectos-automation.triggers";

    /** No object is called so. */
    private static final Set<String> NOTHING = Set.of("-");

    private final Catalogs catalogs;
    private final EventSubscriptions subscriptions;
    private final RunLog log;
    private final RunExecutor executor;
    private volatile @Nullable Subscription subscription;
    private volatile Set<String> objects = Set.of();
    private boolean closed;

    public RunSubscription(Catalogs catalogs, EventSubscriptions subscriptions, RunLog log, RunExecutor executor) {
        this.catalogs = catalogs;
        this.subscriptions = subscriptions;
        this.log = log;
        this.executor = executor;
    }

    /** Begins to follow. */
    public void start() {
        catalogs.onPublish(this::published);
    }

    private void published(Catalog catalog) {
        if (subscription == null) {
            follow();
        } else if (!wanted(catalog).equals(objects)) {
            // Ending a subscription waits for its handlers; the publisher must not.
            Thread.ofVirtual().name("objectos-automation-subscription").start(this::follow);
        }
    }

    private static Set<String> wanted(Catalog catalog) {
        Set<String> deferring = Triggers.of(catalog).deferring();
        return deferring.isEmpty() ? NOTHING : deferring;
    }

    private synchronized void follow() {
        Set<String> wanted = wanted(catalogs.current());
        if (closed || wanted.equals(objects)) {
            return;
        }
        if (subscription != null) {
            subscription.close();
        }
        subscription = subscriptions.add(new Handler(wanted));
        objects = wanted;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    private final class Handler implements EventSubscriber {

        private final Set<String> heard;

        Handler(Set<String> heard) {
            this.heard = heard;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public EventFilter filter() {
            return new EventFilter(heard, Set.of());
        }

        @Override
        public DeliveryPolicy policy(DeliveryPolicy configured) {
            return configured.withTimeout(Duration.ofSeconds(10)).withRetries(8).withBackoff(Duration.ofSeconds(1));
        }

        @Override
        public void handle(RecordEvent event, Session session) {
            log.collect(event.change());
            UnfinishedRunException unfinished = null;
            for (Run run : log.open(event.change())) {
                try {
                    executor.execute(run.id(), session);
                } catch (UnfinishedRunException e) {
                    unfinished = unfinished == null ? e : unfinished;
                }
            }
            if (unfinished != null) {
                throw unfinished;
            }
        }
    }
}
