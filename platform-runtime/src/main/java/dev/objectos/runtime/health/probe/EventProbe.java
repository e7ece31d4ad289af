package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Whether committed events are routed in time, and whether any were given up. */
public record EventProbe(DataSource worker, Duration longestDelay) implements HealthProbe {

    private static final int MOST = 1_000;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public HealthResult check() throws SQLException {
        try (Connection connection = worker.getConnection(); var statement = connection.prepareStatement("""
                SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - occurred_at)
                                 FROM platform.outbox ORDER BY id LIMIT 1), 0)::bigint,
                       (SELECT count(*) FROM (SELECT FROM platform.dead_letter LIMIT ?) AS letters)""")) {
            statement.setInt(1, MOST);
            try (var row = statement.executeQuery()) {
                row.next();
                return result(Math.max(0, row.getLong(1)), row.getLong(2));
            }
        }
    }

    private HealthResult result(long delay, long dead) {
        String found = (delay == 0 ? "no event waits" : "the oldest event waits for " + delay + " s") + ", "
                + (dead == 0 ? "no" : dead >= MOST ? MOST + " or more" : String.valueOf(dead)) + " dead letters";
        return delay > longestDelay.toSeconds() || dead > 0 ? HealthResult.degraded(found) : HealthResult.up(found);
    }
}
