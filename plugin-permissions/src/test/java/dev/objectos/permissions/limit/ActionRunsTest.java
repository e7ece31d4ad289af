package dev.objectos.permissions.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.permissions.PermissionsPlugin;
import dev.objectos.permissions.definition.RateLimit;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.TestingClock;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs of actions, counted by two nodes over one database. */
class ActionRunsTest {

    private static final List<RateLimit> TWO_A_MINUTE_THREE_AN_HOUR = List.of(new RateLimit(2, Duration.ofMinutes(1)),
            new RateLimit(3, Duration.ofHours(1)));

    @SuppressWarnings("NullAway.Init")
    private static Databases databases;

    private final TestingClock clock = new TestingClock(Instant.parse("2026-03-10T09:00:00Z"));
    private final ActionRuns one = new ActionRuns(databases.worker(), clock);
    private final ActionRuns other = new ActionRuns(databases.worker(), clock);
    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void migrate() {
        databases = TestingDatabase.fresh("action_runs");
        PlatformMigrations.migrate(databases, List.of(PermissionsPlugin.ID));
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    private void run(ActionRuns node) {
        node.count(Session.DEFAULT_TENANT, user, "deals.approve", TWO_A_MINUTE_THREE_AN_HOUR);
    }

    private PlatformException refused(ActionRuns node) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class, () -> run(node));
        assertThat(refusal.code()).isEqualTo(RuntimeError.RATE_LIMITED);
        return refusal;
    }

    @Test
    void allNodesCountTogetherUntilThePeriodIsOver() {
        run(one);
        clock.advance(Duration.ofSeconds(20));
        run(other);
        assertThat(refused(one).members()).containsEntry("retryAfter", 40L);
        clock.advance(Duration.ofSeconds(40));
        run(other);
        assertThat(refused(other).members()).containsEntry("retryAfter", 3540L);
        clock.advance(Duration.ofHours(1));
        run(one);
    }

    @Test
    void whatOneLimitRefusesCountsInNone() {
        run(one);
        run(one);
        for (int i = 0; i < 5; i++) {
            refused(one);
        }
        clock.advance(Duration.ofMinutes(2));
        assertThatCode(() -> run(one)).doesNotThrowAnyException();
    }

    @Test
    void peopleActionsAndTenantsAreCountedApart() {
        run(one);
        run(one);
        one.count(Session.DEFAULT_TENANT, UUID.randomUUID(), "deals.approve", TWO_A_MINUTE_THREE_AN_HOUR);
        one.count(Session.DEFAULT_TENANT, user, "deals.reject", TWO_A_MINUTE_THREE_AN_HOUR);
        one.count(UUID.randomUUID(), user, "deals.approve", TWO_A_MINUTE_THREE_AN_HOUR);
        refused(one);
    }

    @Test
    void manyAtOnceAreNoWayAround() {
        var let = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                ActionRuns node = i % 2 == 0 ? one : other;
                var _ = threads.submit(() -> {
                    run(node);
                    return let.incrementAndGet();
                });
            }
        }
        assertThat(let).hasValue(2);
    }
}
