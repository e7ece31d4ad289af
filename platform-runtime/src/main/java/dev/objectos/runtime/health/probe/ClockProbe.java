package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/** Whether this server and the database agree on the time. */
public record ClockProbe(DataSource source, Clock clock, Duration most) implements HealthProbe {

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public HealthResult check() throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.prepareStatement("SELECT clock_timestamp()")) {
            Instant before = clock.instant();
            Instant there;
            try (var row = statement.executeQuery()) {
                row.next();
                there = row.getObject(1, OffsetDateTime.class).toInstant();
            }
            // The database looked at its clock some time between our two looks.
            Instant here = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            Duration apart = Duration.between(here, there).abs();
            String found = "the clocks of server and database are " + apart.toMillis() + " ms apart";
            return apart.compareTo(most) > 0 ? HealthResult.degraded(found) : HealthResult.up(found);
        }
    }
}
