package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One node: who hears of what, how often, and what becomes of the rest. */
class EventDeliveryTest {

    private static TestingEvents events;
    private @Nullable EventDispatcher node;

    @BeforeAll
    static void open() {
        events = new TestingEvents("event_delivery");
    }

    @AfterAll
    static void close() {
        events.close();
    }

    @AfterEach
    void clear() {
        if (node != null) {
            events.stop(node);
        }
        for (String table : List.of("outbox", "event_subscriber", "event_lane", "event_delivery", "event_finished",
                "dead_letter")) {
            events.execute("delete from platform." + table);
        }
    }

    private void start(EventProperties properties, HeardEvents... subscribers) {
        node = events.node(properties, subscribers);
    }

    @Test
    void tellsEverySubscriberOfEveryEventOnceInTheOrderOfEachRecord() {
        var first = new HeardEvents("first");
        var second = new HeardEvents("second");
        start(TestingEvents.properties(), first, second);

        events.emit(50, 20);
        events.awaitIdle();

        for (HeardEvents subscriber : List.of(first, second)) {
            assertThat(subscriber.heard()).hasSize(1_000);
            for (int record = 1; record <= 50; record++) {
                assertThat(subscriber.versionsOf(record)).isSorted().doesNotHaveDuplicates().hasSize(20);
            }
        }
    }

    @Test
    void handsOverWhatHappenedWithTheSessionOfItsTenant() {
        var subscriber = new HeardEvents("whole", event -> {
            assertThat(Session.CURRENT.get().tenant()).isEqualTo(event.change().tenant());
        });
        start(TestingEvents.properties(), subscriber);

        events.emit(1, 1);
        events.awaitIdle();

        RecordEvent event = subscriber.heard().getFirst();
        assertThat(event.attempt()).isEqualTo(1);
        assertThat(event.change().object()).isEqualTo("tasks");
        assertThat(event.change().action()).isEqualTo(ChangeAction.UPDATE);
        assertThat(event.change().changes().toString()).isEqualTo("{\"n\": {\"to\": 1}}");
        assertThat(event.change().origin()).isEqualTo(Origin.REST);
        Session session = subscriber.sessions().getFirst();
        assertThat(session.tenant()).isEqualTo(Session.DEFAULT_TENANT);
        assertThat(session.isSystem()).isTrue();
        assertThat(session.origin()).isEqualTo(Origin.TRIGGER);
        assertThat(events.number("select count(*) from platform.dead_letter")).isZero();
    }

    @Test
    void tellsNobodyOfWhatNobodyWants() {
        var others = new HeardEvents("others", EventFilter.of("notes"), _ -> {});
        var deletions = new HeardEvents("deletions", new EventFilter(Set.of(), Set.of(ChangeAction.DELETE)), _ -> {});
        start(TestingEvents.properties(), others, deletions);

        events.emit(5, 1);
        events.execute("insert into platform.outbox (tenant_id, object, record_id, action, origin) values ('"
                + Session.DEFAULT_TENANT + "', 'notes', uuidv7(), 'delete', 'system')");
        events.awaitIdle();

        assertThat(others.heard()).hasSize(1);
        assertThat(deletions.heard()).hasSize(1);
    }

    @Test
    void triesAgainUntilItWorks() {
        var subscriber = new HeardEvents("second-time", event -> {
            if (event.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        start(TestingEvents.properties(), subscriber);

        events.emit(1, 2);
        events.awaitIdle();

        assertThat(subscriber.heard()).extracting(RecordEvent::attempt).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(subscriber.versionsOf(1)).containsExactly(1L, 1L, 1L, 2L, 2L, 2L);
        assertThat(events.meters().counter("objectos.events.failed", "subscriber", "second-time").count()).isEqualTo(4);
    }

    @Test
    void givesUpAfterTheConfiguredTriesAndGoesOnWithTheRecord() {
        var subscriber = new HeardEvents("poisoned", event -> {
            if (event.change().version() == 2) {
                throw new IllegalStateException("poison \0", new java.io.IOException("deeper"));
            }
        });
        start(TestingEvents.properties("retries", "2"), subscriber);

        events.emit(1, 3);
        events.awaitIdle();

        assertThat(subscriber.versionsOf(1)).containsExactly(1L, 2L, 2L, 2L, 3L);
        assertThat(events.text("select attempts || ' ' || cause from platform.dead_letter"))
                .isEqualTo("3 IllegalStateException: poison ?; because of IOException: deeper");
    }

    @Test
    void settingsOfASubscriberWinOverThoseOfAll() {
        var subscriber = new HeardEvents("acme.mails", _ -> {
            throw new LinkageError("broken plugin");
        });
        start(TestingEvents.properties("retries", "9", "subscribers[acme.mails].retries", "0"), subscriber);

        events.emit(1, 1);
        events.awaitIdle();

        assertThat(subscriber.heard()).hasSize(1);
        assertThat(events.text("select cause from platform.dead_letter")).contains("broken plugin");
    }

    @Test
    void handlersThatHangHoldNobodyUp() {
        var end = new CountDownLatch(1);
        var subscriber = new HeardEvents("hanging", event -> {
            if (HeardEvents.number(event) <= 10) {
                end.await();
            }
        });
        start(TestingEvents.properties("concurrency", "2", "timeout", "1h"), subscriber);

        events.emit(200, 1);
        Eventually.await(() -> subscriber.heard().size() == 200
                && events.number("select count(*) from platform.event_delivery") == 10);
        end.countDown();
        events.awaitIdle();

        assertThat(subscriber.heard()).hasSize(200);
        assertThat(events.number("select count(*) from platform.dead_letter")).isZero();
    }

    @Test
    void handlersThatTakeTooLongAreInterrupted() {
        var interrupted = new AtomicInteger();
        var subscriber = new HeardEvents("endless", _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
        });
        start(TestingEvents.properties("timeout", "100ms", "retries", "1"), subscriber);

        events.emit(3, 1);
        events.awaitIdle();
        Eventually.await(() -> interrupted.get() == 6);

        assertThat(events.number("select count(*) from platform.dead_letter where attempts = 2")).isEqualTo(3);
        assertThat(events.text("select max(cause) from platform.dead_letter"))
                .isEqualTo("TimeoutException: no end after 100 ms");
    }

    @Test
    void postponedTriesDoNotCount() {
        var postponed = new AtomicInteger(5);
        var subscriber = new HeardEvents("busy", _ -> {
            if (postponed.getAndDecrement() > 0) {
                throw new PostponedException(java.time.Duration.ofMillis(1), "not now");
            }
        });
        start(TestingEvents.properties("retries", "1"), subscriber);

        events.emit(1, 2);
        events.awaitIdle();

        assertThat(subscriber.heard()).hasSize(7).extracting(RecordEvent::attempt).containsOnly(1);
        assertThat(subscriber.versionsOf(1)).containsExactly(1L, 1L, 1L, 1L, 1L, 1L, 2L);
        assertThat(events.number("select count(*) from platform.dead_letter")).isZero();
    }

    @Test
    void aGuardKeepsEventsFromSubscribersAndSeesWhatBecomesOfOthers() {
        List<String> handled = new CopyOnWriteArrayList<>();
        var subscriber = new HeardEvents("guarded", event -> {
            if (event.change().version() == 3 && event.attempt() == 1) {
                throw new IllegalStateException("once");
            }
        });
        node = events.node(TestingEvents.properties(), new DeliveryGuard() {

            @Override
            public boolean admits(String name, RecordEvent event) {
                return event.change().version() != 2;
            }

            @Override
            public void handled(String name, RecordEvent event, @Nullable Throwable failure) {
                handled.add(event.change().version() + " " + (failure == null ? "well" : failure.getMessage()));
            }
        }, subscriber);

        events.emit(1, 3);
        events.awaitIdle();

        assertThat(subscriber.versionsOf(1)).containsExactly(1L, 3L, 3L);
        assertThat(handled).containsExactly("1 well", "3 once", "3 well");
        assertThat(events.meters().counter("objectos.events.dropped", "subscriber", "guarded").count()).isEqualTo(1);
    }

    @Test
    void keepsWhatWasDeliveredForAsLongAsItIsTold() {
        start(TestingEvents.properties("keep", "1h"), new HeardEvents("kept"));
        events.emit(3, 1);
        events.awaitIdle();
        var finished = new FinishedEvents(new EventDatabase(events.databases().worker()));

        assertThat(finished.purge(java.time.Duration.ofHours(1))).isZero();
        assertThat(events.number("select count(*) from platform.event_finished where subscriber = 'kept'"))
                .isEqualTo(3);
        assertThat(finished.purge(java.time.Duration.ZERO)).isEqualTo(3);
    }

    @Test
    void eventsWaitForASubscriberThatIsAway() {
        var before = new HeardEvents("away");
        start(TestingEvents.properties(), new HeardEvents("other"));
        node().add(before).close();

        events.emit(3, 1);
        Eventually.await(() -> events.number("select count(*) from platform.event_delivery") == 3);
        var after = new HeardEvents("away");
        node().add(after);
        events.awaitIdle();

        assertThat(before.heard()).isEmpty();
        assertThat(after.heard()).hasSize(3);
    }

    @Test
    void whatWaitsForAForgottenSubscriberBecomesDeadLetters() {
        start(TestingEvents.properties(), new HeardEvents("other"));
        node().add(new HeardEvents("gone")).close();
        events.emit(2, 2);
        Eventually.await(() -> events.number("select count(*) from platform.event_delivery") == 4);
        events.execute("update platform.event_subscriber set seen_at = now() - interval '8 days' where name = 'gone'");

        var known = new KnownSubscribers(new EventDatabase(events.databases().worker()));

        assertThat(known.forget(java.time.Duration.ofDays(7))).containsExactly("gone");
        assertThat(events.idle()).isTrue();
        assertThat(events.number("select count(*) from platform.dead_letter where subscriber = 'gone'")).isEqualTo(4);
    }

    @Test
    void refusesASecondSubscriberOfTheSameName() {
        start(TestingEvents.properties(), new HeardEvents("twice"));

        assertThatThrownBy(() -> node().add(new HeardEvents("twice"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void stoppingWaitsForRunningHandlersAndGivesBackTheRest() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var subscriber = new HeardEvents("draining", _ -> {
            begun.countDown();
            finish.await();
        });
        start(TestingEvents.properties("concurrency", "1", "patience", "10s", "lease", "1h"), subscriber);
        events.emit(5, 2);
        begun.await();

        Thread stopping = Thread.ofPlatform().start(() -> events.stop(node()));
        Eventually.await(node()::beginsNothing);
        finish.countDown();
        stopping.join();
        node = null;

        assertThat(subscriber.heard()).hasSize(1);
        assertThat(events.number("select count(*) from platform.event_delivery")).isEqualTo(9);
        assertThat(events.number("select count(*) from platform.event_lane where due_at <= now() and claim is null "
                + "and attempts = 0")).isEqualTo(5);
    }

    @Test
    void beginsNothingWhileItIsStoppedAlthoughTheDatabaseKeepsItWaiting() throws Exception {
        var begun = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var subscriber = new HeardEvents("waiting", _ -> {
            begun.countDown();
            finish.await();
        });
        start(TestingEvents.properties("poll", "10ms", "timeout", "1h"), subscriber);
        events.emit(1, 3);
        begun.await();

        Thread stopping;
        try (var connection = events.databases().worker().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table platform.outbox in access exclusive mode");
            Eventually.await(() -> events.number("select count(*) from pg_stat_activity "
                    + "where datname = current_database() and wait_event_type = 'Lock'") == 1);
            stopping = Thread.ofPlatform().start(() -> events.stop(node()));
            Eventually.await(node()::beginsNothing);
            finish.countDown();
            Eventually.await(() -> events.meters().get("objectos.events.running").tag("subscriber", "waiting")
                    .gauge().value() == 0);
            connection.rollback();
        }
        stopping.join();
        node = null;

        assertThat(subscriber.heard()).hasSize(1);
        assertThat(events.number("select count(*) from platform.event_delivery")).isEqualTo(2);
    }

    private EventDispatcher node() {
        return java.util.Objects.requireNonNull(node);
    }
}
