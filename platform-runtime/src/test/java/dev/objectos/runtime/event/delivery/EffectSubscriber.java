package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Has an effect in the database for each event of its object, made idempotent with the event's id; one in fifty records
 * begins with poison.
 *
 * @param worker connections of the role that may write effects
 */
record EffectSubscriber(String name, DataSource worker, HeardEvents.Reaction toPoison) implements EventSubscriber {

    static final String TABLE = "create table platform.effect (event bigint primary key, subscriber text not null)";

    /** One that fails, one that hangs, and one that is slow. */
    static List<EventSubscriber> all(DataSource worker) {
        return List.of(new EffectSubscriber("failing", worker, _ -> fail()),
                new EffectSubscriber("hanging", worker, _ -> new CountDownLatch(1).await()),
                new EffectSubscriber("slow", worker, _ -> {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    fail();
                }));
    }

    private static void fail() {
        throw new IllegalStateException("poison");
    }

    @Override
    public EventFilter filter() {
        return EventFilter.of(name);
    }

    @Override
    public void handle(RecordEvent event, Session session) throws Exception {
        if (event.change().version() == 1 && HeardEvents.number(event) % 50 == 0) {
            toPoison.to(event);
        }
        if (name.equals("slow") && HeardEvents.number(event) % 20 == 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        effect(event.id());
    }

    private void effect(long event) throws SQLException {
        try (var connection = worker.getConnection();
                var statement = connection
                        .prepareStatement("insert into platform.effect values (?, ?) on conflict do nothing")) {
            statement.setLong(1, event);
            statement.setString(2, name);
            statement.execute();
        }
    }
}
