package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ten thousand events, one in a hundred poison, for receivers that fail, hang and are slow, and a delivering process that is killed. */
@RunsBesideOthers
class KilledProcessTest {

    private static final String DATABASE = "event_killed";
    private static final int RECORDS = 5_000;
    private static final int EVENTS = 2 * RECORDS;
    private static final int POISON = EVENTS / 100;

    @Test
    void losesNothing() throws Exception {
        try (var events = new TestingEvents(DATABASE)) {
            createEffects(events);
            emit(events);
            kill(events);
            long before = effects(events);
            assertThat(events.number("select (select count(*) from platform.outbox) "
                    + "+ (select count(*) from platform.event_delivery)")).isGreaterThan(EVENTS / 10);

            events.node(DeliveringProcess.properties(),
                    EffectSubscriber.all(events.databases().worker()).toArray(EventSubscriber[]::new));
            Eventually.await(events::idle, Duration.ofSeconds(60));

            assertThat(before).isLessThan(EVENTS - POISON);
            assertThat(effects(events)).isEqualTo(EVENTS - POISON);
            assertThat(events.number("select count(*) from platform.dead_letter")).isEqualTo(POISON);
            assertThat(events.number("select count(distinct event) from platform.dead_letter where attempts = 4"))
                    .isEqualTo(POISON);
            assertThat(events.number("select count(*) from platform.dead_letter join platform.effect using (event)"))
                    .isZero();
        }
    }

    /** Lets a process deliver a part, and kills it in the midst of that. */
    private static void kill(TestingEvents events) throws Exception {
        Process process = DeliveringProcess.start(DATABASE);
        try {
            Eventually.await(() -> effects(events) > EVENTS / 10 || !process.isAlive(), Duration.ofSeconds(60));
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void createEffects(TestingEvents events) throws SQLException {
        try (var owner = events.databases().owner().getConnection(); var statement = owner.createStatement()) {
            statement.execute(EffectSubscriber.TABLE);
            statement.execute("grant insert, select on platform.effect to public");
        }
    }

    /** Two events of each record, every receiver's records in turn. */
    private static void emit(TestingEvents events) {
        events.execute("insert into platform.outbox (tenant_id, object, record_id, action, payload, origin, version) "
                + "select '" + Session.DEFAULT_TENANT + "', (array['failing', 'hanging', 'slow'])[r % 3 + 1], "
                + "lpad(r::text, 32, '0')::uuid, 'update', '{}', 'rest', e from generate_series(1, 2) e, "
                + "generate_series(1, " + RECORDS + ") r order by e, r");
        events.commits().afterCommit();
    }

    private static long effects(TestingEvents events) {
        return events.number("select count(*) from platform.effect");
    }
}
