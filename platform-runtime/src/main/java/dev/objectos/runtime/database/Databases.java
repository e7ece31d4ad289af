package dev.objectos.runtime.database;

import com.zaxxer.hikari.HikariDataSource;

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

    @Override
    public void close() {
        app.close();
        worker.close();
        owner.close();
    }
}
