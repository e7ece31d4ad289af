package dev.objectos.runtime.health.probe;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether a pool of connections leads to a database that answers, and whether anybody waits for a connection. */
public record PoolProbe(String name, HikariDataSource pool) implements HealthProbe {

    @Override
    public boolean critical() {
        return true;
    }

    @Override
    public HealthResult check() throws SQLException {
        try (Connection connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        @Nullable
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        if (state == null) {
            return HealthResult.up("the database answers");
        }
        int active = state.getActiveConnections();
        int waiting = state.getThreadsAwaitingConnection();
        String use = active + " of " + pool.getMaximumPoolSize() + " connections in use";
        // Below its size a pool is about to open the connection that somebody waits for.
        return waiting > 0 && active >= pool.getMaximumPoolSize()
                ? HealthResult.degraded(use + ", " + waiting + " threads wait for one")
                : HealthResult.up(use);
    }
}
