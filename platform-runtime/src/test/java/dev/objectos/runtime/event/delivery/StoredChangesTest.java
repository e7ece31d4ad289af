package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Following what is committed: in order, without a gap, on several nodes, and going on from a position. */
class StoredChangesTest {

    /** What a follower was told. */
    private static final class Told implements ChangeStream.Listener {

        private final List<Long> beginnings = new CopyOnWriteArrayList<>();
        private final List<CommittedChange> changes = new CopyOnWriteArrayList<>();

        @Override
        public void began(long position) {
            beginnings.add(position);
        }

        @Override
        public void changed(List<CommittedChange> some) {
            changes.addAll(some);
        }
    }

    @Test
    void tellsEveryNodeEverythingInOneOrder() {
        try (var events = new TestingEvents("changes_followed")) {
            EventProperties properties = TestingEvents.properties();
            for (int node = 0; node < 2; node++) {
                events.node(properties);
            }
            var here = new Told();
            var there = new Told();
            var worker = events.databases().worker();
            try (var _ = new StoredChanges(worker, properties, events.commits()).follow(here);
                    var _ = new StoredChanges(worker, properties, new CommitSignal()).follow(there)) {
                for (int round = 0; round < 20; round++) {
                    events.emit(20, 5);
                }
                Eventually.await(() -> here.changes.size() == 2_000 && there.changes.size() == 2_000);
            }

            assertThat(here.changes).extracting(CommittedChange::position).isSorted().doesNotHaveDuplicates();
            assertThat(there.changes).extracting(CommittedChange::position)
                    .isEqualTo(positions(here.changes));
            assertThat(here.beginnings).hasSize(1);
        }
    }

    @Test
    void goesOnFromAPositionThatIsStillKept() {
        try (var events = new TestingEvents("changes_resumed")) {
            EventProperties properties = TestingEvents.properties();
            events.node(properties);
            var told = new Told();
            var stream = new StoredChanges(events.databases().worker(), properties, events.commits());
            try (var _ = stream.follow(told)) {
                events.emit(3, 2);
                Eventually.await(() -> told.changes.size() == 6);
            }
            long first = told.changes.getFirst().position();
            long last = told.changes.getLast().position();

            assertThat(stream.between(first, last, Session.DEFAULT_TENANT, "tasks", 10)).hasValueSatisfying(
                    rest -> assertThat(positions(rest)).isEqualTo(positions(told.changes).subList(1, 6)));
            assertThat(stream.between(first, last, Session.DEFAULT_TENANT, "others", 10)).hasValue(List.of());
            assertThat(stream.between(first, last, Session.DEFAULT_TENANT, "tasks", 4)).isEmpty();

            events.execute(
                    "update platform.change_log set kept_at = now() - interval '1 day' where id <= " + (first + 1));
            new ChangeLog(new EventDatabase(events.databases().worker()), properties.changes()).purge();
            assertThat(stream.between(first, last, Session.DEFAULT_TENANT, "tasks", 10)).isEmpty();
            assertThat(stream.between(first + 1, last, Session.DEFAULT_TENANT, "tasks", 10)).isPresent();
        }
    }

    @Test
    void keepsNothingWhereNobodyFollows() {
        try (var events = new TestingEvents("changes_unfollowed")) {
            EventProperties properties = TestingEvents.properties();
            events.node(properties);
            events.emit(3, 1);
            events.awaitIdle();
            assertThat(events.number("select count(*) from platform.change_log")).isZero();

            var told = new Told();
            var stream = new StoredChanges(events.databases().worker(), properties, events.commits());
            stream.follow(told).close();
            events.execute("update platform.change_follower set seen_at = now() - interval '1 day'");
            events.emit(3, 1);
            events.awaitIdle();
            stream.follow(told).close();

            assertThat(stream.between(told.beginnings.getFirst(), told.beginnings.getLast(), Session.DEFAULT_TENANT,
                    "tasks", 10)).as("what was missed meanwhile").isEmpty();
        }
    }

    private static List<Long> positions(List<CommittedChange> changes) {
        return changes.stream().map(CommittedChange::position).toList();
    }
}
