package dev.objectos.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventHook;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks before and after events are told. */
class EventHooksTest {

    private static final RecordEvent EVENT = new RecordEvent(7,
            new RecordChange(Session.DEFAULT_TENANT, "orders", new UUID(1, 1), ChangeAction.CREATE,
                    JsonDocument.of("{}"), 1, null, Origin.REST, Instant.EPOCH),
            1);

    private final TestingHooks hooks = new TestingHooks();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        hooks.close();
    }

    /** Takes part everywhere, and lets pass what is not called dropped. */
    private class Hook implements EventHook {

        @Override
        public String name() {
            return "acme.hook";
        }

        @Override
        public Set<Point> points() {
            return Set.of(Point.values());
        }

        @Override
        public boolean beforePublish(Object event) throws Exception {
            told.add("before " + event);
            return !event.equals("dropped");
        }

        @Override
        public void afterPublish(Object event) {
            told.add("after " + event);
        }

        @Override
        public boolean beforeDeliver(String subscriber, RecordEvent event) {
            return !subscriber.equals("dropped");
        }

        @Override
        public void afterDeliver(String subscriber, RecordEvent event, @Nullable Throwable failure) {
            told.add("delivered " + event.id() + " to " + subscriber + " " + (failure == null));
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void seeEveryEventOfTheBusAndKeepSomeFromBeingTold() throws InterruptedException {
        hooks.join(new Hook());
        try (var bus = new EventBus(new BusHooks(hooks.hooks()))) {
            bus.subscribe(String.class, event -> told.add("told " + event));
            bus.publish("first");
            bus.publish("dropped");
            bus.publish("last");

            for (String expected : new String[]{"before first", "told first", "after first", "before dropped",
                    "before last", "told last", "after last"}) {
                assertThat(next()).isEqualTo(expected);
            }
            assertThat(bus.statistics().vetoed()).isEqualTo(1);
        }
    }

    @Test
    void keepNoEventOfTheBusFromBeingToldByFailing() throws InterruptedException {
        hooks.join(new Hook() {

            @Override
            public boolean beforePublish(Object event) throws Exception {
                throw new java.io.IOException("broken");
            }
        });
        try (var bus = new EventBus(new BusHooks(hooks.hooks()))) {
            bus.subscribe(String.class, event -> told.add("told " + event));
            bus.publish("first");

            assertThat(next()).isEqualTo("told first");
        }
    }

    @Test
    void keepRecordEventsFromSubscribersAndSeeWhatBecameOfThem() throws InterruptedException {
        hooks.join(new Hook());
        var guard = new DeliveryHooks(hooks.hooks());

        assertThat(guard.admits("dropped", EVENT)).isFalse();
        assertThat(guard.admits("mails", EVENT)).isTrue();
        guard.handled("mails", EVENT, null);
        guard.handled("mails", EVENT, new IllegalStateException());
        assertThat(next()).isEqualTo("delivered 7 to mails true");
        assertThat(next()).isEqualTo("delivered 7 to mails false");
    }

    @Test
    void costASubscriberATryByFailingButNotByBeingSuspended() {
        var guard = new DeliveryHooks(hooks.hooks());
        hooks.join(failing(new IllegalStateException("broken")));
        assertThatThrownBy(() -> guard.admits("mails", EVENT)).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.PLUGIN_FAILED));

        hooks.join(failing(new PlatformException(RuntimeError.PLUGIN_SUSPENDED, "suspended")));
        assertThatThrownBy(() -> guard.admits("mails", EVENT)).isInstanceOf(PostponedException.class);
    }

    private Hook failing(RuntimeException failure) {
        return new Hook() {

            @Override
            public boolean beforeDeliver(String subscriber, RecordEvent event) {
                throw failure;
            }
        };
    }
}
