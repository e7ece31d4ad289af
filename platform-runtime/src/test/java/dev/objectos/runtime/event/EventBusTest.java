package dev.objectos.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBusTest {

    private final EventBus bus = new EventBus();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        bus.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    /** Told after everything that was published before. */
    private void flush() throws InterruptedException {
        try (var last = bus.subscribe(CountDownLatch.class, CountDownLatch::countDown)) {
            var done = new CountDownLatch(1);
            bus.publish(done);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(last.statistics().failed()).isZero();
        }
    }

    @Test
    void tellsWhoeverSubscribedToTheTypeOrName() throws InterruptedException {
        bus.subscribe(MetadataPublished.class, event -> told.add("type " + event.version()));
        flush();
        bus.publish(new PluginStateChanged("acme", "1.0.0", "LOADED", "ENABLED"));
        bus.publish(new MetadataPublished(7, false));
        assertThat(next()).isEqualTo("type 7");

        bus.subscribe("plugin.*", BusOptions.DEFAULT, event -> told.add(event.name()));
        bus.publish(new MetadataPublished(8, true));
        bus.publish(new PluginStateChanged("acme", "1.0.0", "ENABLED", "DISABLED"));
        assertThat(List.of(next(), next())).containsExactly("type 8", "plugin.disabled");
        assertThat(told).isEmpty();
    }

    @Test
    void aBranchEndsWhatWasSubscribedThroughItAndNoMore() throws InterruptedException {
        EventBus branch = bus.branch();
        branch.subscribe(String.class, word -> told.add("branch " + word));
        // Two handlers of the JDK's own classes: whose code they are says nothing of who subscribed.
        branch.subscribe(Integer.class, ((java.util.function.Consumer<Integer>) number -> told.add("a"))
                .andThen(_ -> told.add("b")));
        bus.publish("one");
        bus.publish(1);
        assertThat(List.of(next(), next(), next())).containsExactly("branch one", "a", "b");

        bus.subscribe(String.class, word -> told.add("root " + word));
        branch.close();
        branch.publish("two");
        bus.publish(2);
        flush();
        assertThat(told).containsExactly("root two");
        assertThat(bus.statistics().subscriptions()).isEqualTo(1);
        assertThatThrownBy(() -> branch.subscribe(String.class, told::add)).isInstanceOf(IllegalStateException.class);
        assertThat(bus.statistics().subscriptions()).isEqualTo(1);
    }

    @Test
    void tellsInTheOrderOfPublishingAndOfPriority() throws InterruptedException {
        bus.subscribe(Integer.class, BusOptions.priority(-1), number -> told.add("low " + number));
        bus.subscribe(Integer.class, BusOptions.priority(10), number -> told.add("high " + number));
        bus.publish(1);
        bus.publish(2);

        assertThat(List.of(next(), next(), next(), next())).containsExactly("high 1", "low 1", "high 2", "low 2");
    }

    @Test
    void aFailingHandlerHurtsNobody() throws InterruptedException {
        BusSubscription failing = bus.subscribe(String.class, _ -> {
            throw new StackOverflowError("deep");
        });
        BusSubscription good = bus.subscribe(String.class, told::add);
        bus.publish("first");
        bus.publish("second");

        assertThat(List.of(next(), next())).containsExactly("first", "second");
        flush();
        assertThat(failing.statistics()).isEqualTo(new BusSubscription.Statistics(0, 2, 0, 0));
        assertThat(good.statistics()).isEqualTo(new BusSubscription.Statistics(2, 0, 0, 0));
    }

    @Test
    void aHangingHandlerIsWaitedForOnce() throws InterruptedException {
        var end = new CountDownLatch(1);
        BusSubscription hanging = bus.subscribe(String.class, new BusOptions(5, Duration.ofMillis(20)), _ -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException _) {
                    told.add("interrupted");
                }
            }
        });
        bus.subscribe(String.class, told::add);
        bus.publish("first");
        bus.publish("second");

        var heard = new ArrayList<>(List.of(next(), next(), next()));
        flush();
        BusSubscription.Statistics statistics = hanging.statistics();
        end.countDown();
        assertThat(heard).containsExactlyInAnyOrder("interrupted", "first", "second");
        assertThat(statistics).isEqualTo(new BusSubscription.Statistics(0, 0, 1, 1));
    }

    @Test
    void aHandlerThatHungHearsAgainOnceItHasEnded() throws InterruptedException {
        var end = new CountDownLatch(1);
        bus.subscribe(String.class, new BusOptions(0, Duration.ofMillis(20)), event -> {
            while (event.equals("hang") && end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException _) {
                    // One that ignores it.
                }
            }
            told.add(event);
        });
        bus.publish("hang");
        bus.publish("missed");
        flush();
        assertThat(told).isEmpty();

        end.countDown();
        assertThat(next()).isEqualTo("hang");
        for (int i = 0; told.isEmpty() && i < 10_000; i++) {
            bus.publish("again");
            flush();
        }
        assertThat(next()).isEqualTo("again");
    }

    @Test
    void missesWhatIsPublishedDuringAPauseOrAfterTheEnd() throws InterruptedException {
        BusSubscription subscription = bus.subscribe(String.class, told::add);
        subscription.pause();
        bus.publish("missed");
        flush();
        subscription.resume();
        bus.publish("heard");
        flush();
        subscription.close();
        bus.publish("nobody");
        flush();

        assertThat(told).containsExactly("heard");
        assertThat(subscription.statistics().missed()).isEqualTo(1);
        assertThat(bus.statistics().subscriptions()).isZero();
        assertThat(bus.statistics().published()).isEqualTo(6);
    }

    @Test
    void dropsWhatNobodyKeepsUpWith() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        bus.subscribe(Long.class, new BusOptions(0, Duration.ofMinutes(1)), _ -> {
            begun.countDown();
            awaitQuietly(end);
        });
        bus.publish(0L);
        begun.await();
        for (long number = 0; number < BusQueue.CAPACITY + 3; number++) {
            bus.publish(number);
        }
        assertThat(bus.statistics().dropped()).isEqualTo(3);
        end.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void patternsStandForWords() {
        assertThat(new EventPattern("plugin.*").matches("plugin.enabled")).isTrue();
        assertThat(new EventPattern("plugin.*").matches("plugin.acme.enabled")).isFalse();
        assertThat(new EventPattern("plugin.**").matches("plugin.acme.enabled")).isTrue();
        assertThat(new EventPattern("*.published").matches("metadata.published")).isTrue();
        assertThat(new EventPattern("metadata.published").matches("metadataxpublished")).isFalse();
        assertThatThrownBy(() -> new EventPattern(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
