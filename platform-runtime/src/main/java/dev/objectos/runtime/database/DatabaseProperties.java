package dev.objectos.runtime.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which PostgreSQL to use, and how many connections.
 *
 * @param url JDBC address; null: the embedded PostgreSQL
 * @param user the one configured user; may create roles and schemas
 * @param password its password; null: none is sent
 * @param rolePrefix what the three provisioned logins begin with; null: the database's name
 * @param pools largest number of connections of each pool
 * @param statementTimeout after which the database ends a statement of a request
 * @param startupWait how long to wait for a database that does not answer yet
 */
@ConfigurationProperties("objectos.database")
public record DatabaseProperties(@Nullable String url, @Nullable String user, @Nullable String password,
        @Nullable String rolePrefix, @DefaultValue Pools pools, @DefaultValue("30s") Duration statementTimeout,
        @DefaultValue("30s") Duration startupWait) {

    /** How many connections each pool opens at most. */
    public record Pools(@DefaultValue("3") int owner, @DefaultValue("16") int app, @DefaultValue("8") int worker) {

        public static final Pools DEFAULT = new Pools(3, 16, 8);

        public Pools {
            if (owner < 2 || app < 1 || worker < 1) {
                throw new IllegalArgumentException(
                        "objectos.database.pools: owner needs at least 2 connections, app and worker at least 1");
            }
        }
    }

    /** A database at that address, with everything else as it is by default. */
    public static DatabaseProperties at(String url, String user, @Nullable String password) {
        return new DatabaseProperties(url, user, password, null, Pools.DEFAULT, Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    /** Whether no database is given, so that the embedded one serves. */
    public boolean embedded() {
        return url == null || url.isBlank();
    }
}
