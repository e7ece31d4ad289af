package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.event.RecordEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Several nodes over one database: order, takeover, and being told by each other. */
@RunsBesideOthers
class SeveralNodesTest {

    @Test
    void keepTheOrderOfEachRecordWhileTriesFail() {
        try (var events = new TestingEvents("event_nodes")) {
            List<RecordEvent> done = Collections.synchronizedList(new ArrayList<>());
            HeardEvents.Reaction unreliable = event -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000));
                if (event.attempt() == 1 && event.id() % 7 == 0) {
                    throw new IllegalStateException("once");
                }
                done.add(event);
            };
            var properties = TestingEvents.properties("concurrency", "4");
            for (int node = 0; node < 3; node++) {
                events.node(properties, new HeardEvents("shared", unreliable));
            }
            for (int round = 0; round < 20; round++) {
                events.emit(30, 5);
            }
            events.awaitIdle();

            assertThat(done).extracting(RecordEvent::id).doesNotHaveDuplicates().hasSize(3_000);
            Map<Integer, List<Long>> byRecord = new HashMap<>();
            done.forEach(event -> byRecord.computeIfAbsent(HeardEvents.number(event), _ -> new ArrayList<>())
                    .add(event.id()));
            assertThat(byRecord).hasSize(30).allSatisfy((_, ids) -> assertThat(ids).isSorted());
            assertThat(events.number("select count(*) from platform.dead_letter")).isZero();
        }
    }

    @Test
    void takeOverWhatAKilledNodeHadClaimed() {
        try (var events = new TestingEvents("event_takeover")) {
            var database = new EventDatabase(events.databases().worker());
            int subscriber = new KnownSubscribers(database).announce(new HeardEvents("taken"));
            events.emit(20, 3);
            new Routing(database, Duration.ofMinutes(1)).route(1_000);
            List<ClaimedLane> lost = new Lanes(database).claim(subscriber, 12, Duration.ofHours(1));
            assertThat(lost).hasSize(12);

            var second = new HeardEvents("taken");
            events.node(TestingEvents.properties(), second);
            Eventually.await(() -> second.heard().size() == 24
                    && events.number("select count(*) from platform.event_lane where claim is not null") == 12);
            events.execute("update platform.event_lane set due_at = now()");
            events.awaitIdle();

            assertThat(second.heard()).extracting(RecordEvent::id).doesNotHaveDuplicates().hasSize(60);
            for (int record = 1; record <= 20; record++) {
                assertThat(second.versionsOf(record)).containsExactly(1L, 2L, 3L);
            }
        }
    }

    @Test
    void whoseClaimHasEndedSettlesNothing() {
        try (var events = new TestingEvents("event_fence")) {
            var database = new EventDatabase(events.databases().worker());
            var lanes = new Lanes(database);
            var settlement = new Settlement(database, false);
            int subscriber = new KnownSubscribers(database).announce(new HeardEvents("fenced"));
            events.emit(1, 2);
            new Routing(database, Duration.ofMinutes(1)).route(10);
            ClaimedLane late = lanes.claim(subscriber, 1, Duration.ZERO).getFirst();
            ClaimedLane current = lanes.claim(subscriber, 1, Duration.ofHours(1)).getFirst();
            long event = late.events().getFirst().id();

            assertThat(settlement.settle(List.of(new Outcome(late, List.of(), new Outcome.Dead(event, 1, "late")))))
                    .isFalse();
            assertThat(events.number("select count(*) from platform.event_delivery")).isEqualTo(2);
            // One try may have been under way when the claim ended, so the rest is taken singly.
            assertThat(current.events()).extracting(RecordEvent::attempt).containsExactly(2);
            assertThat(settlement.settle(List.of(new Outcome(current, List.of(event), new Outcome.Through()))))
                    .isTrue();
            assertThat(events.number("select count(*) from platform.event_delivery")).isEqualTo(1);
        }
    }

    @Test
    void anEventThatKillsEveryNodeIsGivenUp() {
        try (var events = new TestingEvents("event_killer")) {
            var database = new EventDatabase(events.databases().worker());
            var lanes = new Lanes(database);
            int subscriber = new KnownSubscribers(database).announce(new HeardEvents("killed"));
            events.emit(1, 2);
            new Routing(database, Duration.ofMinutes(1)).route(10);
            for (int kill = 1; kill <= 4; kill++) {
                assertThat(lanes.claim(subscriber, 1, Duration.ZERO)).hasSize(1);
            }

            var survivor = new HeardEvents("killed");
            events.node(TestingEvents.properties(), survivor);
            events.awaitIdle();

            assertThat(survivor.versionsOf(1)).containsExactly(2L);
            assertThat(events.text("select attempts || ' ' || cause from platform.dead_letter"))
                    .startsWith("4 Its handling was begun 4 times and never ended");
        }
    }

    @Test
    void areToldWhenANodeRoutesForASubscriberThatItLacks() {
        try (var events = new TestingEvents("event_notices")) {
            var there = new HeardEvents("there");
            var patient = TestingEvents.properties("poll", "1h");
            events.remoteNode(patient, there);
            events.node(patient, new HeardEvents("here"));
            String listeners = "from pg_stat_activity where datname = current_database() and query in ('LISTEN objectos_events', 'SELECT 1')";
            Eventually.await(() -> events.number("select count(*) " + listeners) == 2);

            events.emit(1, 1);
            Eventually.await(() -> there.heard().size() == 1);

            // A broken connection is made again, and the work found.
            events.execute("select pg_terminate_backend(pid) " + listeners);
            events.emit(2, 1, 1);
            Eventually.await(() -> there.heard().size() == 2);
        }
    }
}
