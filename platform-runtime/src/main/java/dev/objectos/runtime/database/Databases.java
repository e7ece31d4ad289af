package dev.objectos.runtime.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * The three doors to the database; closing closes the pools.
 *
 * @param owner DDL and migrations; few connections, none kept idle
 * @param app requests
 * @param worker dispatcher, jobs, sign-in, JPA
 * @param roles whom the pools log in as
 * @param diagnostics what the bootstrap found
 */
public record Databases(HikariDataSource owner, HikariDataSource app, HikariDataSource worker, DatabaseRoles roles,
        DatabaseDiagnostics diagnostics) implements AutoCloseable {

    /**
     * Connections of the worker past its pool, for what a connection of its own must do, such as listening.
     *
     * @throws IllegalStateException where the pool was not made from such a source
     */
    public DataSource direct() {
        DataSource source = worker.getDataSource();
        if (source == null) {
            throw new IllegalStateException("the worker's pool has no source of connections");
        }
        return source;
    }

    @Override
    public void close() {
        app.close();
        worker.close();
        owner.close();
    }
}
