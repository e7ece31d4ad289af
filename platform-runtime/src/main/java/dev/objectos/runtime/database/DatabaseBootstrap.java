package dev.objectos.runtime.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the one configured user to three pools: checks the server, provisions the roles, opens the pools. */
public final class DatabaseBootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBootstrap.class);

    /** As {@code server_version_num} says it. */
    public static final int OLDEST_VERSION = 180_000;

    /** Cannot connect, starting up, shutting down: worth another attempt. */
    private static final Set<String> NOT_YET = Set.of("08001", "08004", "08006", "57P03", "53300");

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    private DatabaseBootstrap() {}

    /**
     * Opens the database that the properties name.
     *
     * @throws UnusableDatabaseException with what to do about it
     */
    public static Databases open(DatabaseProperties properties) {
        if (properties.embedded()) {
            throw new IllegalArgumentException("no database address is given");
        }
        try (Connection connection = awaited(properties)) {
            refuseOldServer(connection);
            Provisioning.Logins logins = new Provisioning(connection, properties).run();
            return pools(properties, logins);
        } catch (SQLException | DataAccessException e) {
            throw new UnusableDatabaseException("The database could not be prepared: " + reason(e),
                    "Give the platform a database of its own and a user that may create roles and schemas in it: "
                            + "ALTER ROLE … CREATEROLE; GRANT ALL ON DATABASE … TO …",
                    e);
        }
    }

    /** As the configured user, for whoever comes before the pools. */
    public static Connection configured(DatabaseProperties properties) throws SQLException {
        return source(properties, properties.user(), properties.password(), "objectos-start").getConnection();
    }

    /**
     * The same, once the database answers.
     *
     * @throws UnusableDatabaseException where it does not in time
     */
    public static Connection awaited(DatabaseProperties properties) {
        return connect(source(properties, properties.user(), properties.password(), "objectos-start"), properties);
    }

    /** Without the statement that jOOQ repeats. */
    private static String reason(Exception e) {
        return e.getCause() instanceof SQLException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(e.getMessage());
    }

    private static Connection connect(PGSimpleDataSource source, DatabaseProperties properties) {
        Instant end = Clock.systemUTC().instant().plus(properties.startupWait());
        boolean announced = false;
        while (true) {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                if (!NOT_YET.contains(String.valueOf(e.getSQLState())) || Clock.systemUTC().instant().isAfter(end)) {
                    throw new UnusableDatabaseException(
                            "No connection to the database at " + withoutParameters(source.getUrl()) + ": "
                                    + e.getMessage(),
                            "Check OBJECTOS_DATABASE_URL, OBJECTOS_DATABASE_USER and OBJECTOS_DATABASE_PASSWORD, and that "
                                    + "the server runs and accepts connections from here.",
                            e);
                }
                if (!announced) {
                    LOG.info("Waiting for the database: {}", e.getMessage());
                    announced = true;
                }
                pause();
            }
        }
    }

    /** Parameters of an address may hold a password. */
    private static String withoutParameters(String url) {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    private static void refuseOldServer(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('server_version_num')::int, "
                        + "current_setting('server_version'), current_setting('server_encoding')")) {
            row.next();
            refuse(row.getInt(1), row.getString(2), row.getString(3));
        }
    }

    static void refuse(int version, String versionText, String encoding) {
        if (version < OLDEST_VERSION) {
            throw new UnusableDatabaseException("PostgreSQL " + versionText + " is too old.",
                    "Use PostgreSQL 18 or newer; the platform relies on uuidv7() and on RETURNING old and new.", null);
        }
        if (!"UTF8".equals(encoding)) {
            throw new UnusableDatabaseException("The database is encoded in " + encoding + ".",
                    "Create the database with ENCODING 'UTF8'.", null);
        }
    }

    private static Databases pools(DatabaseProperties properties, Provisioning.Logins logins) {
        DatabaseRoles roles = logins.roles();
        DatabaseProperties.Pools sizes = properties.pools();
        var owner = pool(properties, "owner", roles.owner(), logins.secret(roles.owner()), sizes.owner(), true);
        var app = pool(properties, "app", roles.app(), logins.secret(roles.app()), sizes.app(), false);
        var worker = pool(properties, "worker", roles.worker(), logins.secret(roles.worker()), sizes.worker(), false);
        return new Databases(owner, app, worker, roles, logins.diagnostics());
    }

    private static HikariDataSource pool(DatabaseProperties properties, String name, String user, String secret,
            int size, boolean idleWhenUnused) {
        var config = new HikariConfig();
        config.setPoolName("objectos-" + name);
        config.setDataSource(source(properties, user, secret, "objectos-" + name));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(idleWhenUnused ? 0 : Math.min(2, size));
        config.setIdleTimeout(Duration.ofSeconds(idleWhenUnused ? 10 : 600).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        // The driver announces the JVM's zone at every login, which wins over the role's own setting.
        config.setConnectionInitSql("SET TIME ZONE 'UTC'");
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static PGSimpleDataSource source(DatabaseProperties properties, @Nullable String user,
            @Nullable String password, String application) {
        var source = new PGSimpleDataSource();
        source.setUrl(String.valueOf(properties.url()));
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(application);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(10);
        source.setPreparedStatementCacheQueries(1024);
        return source;
    }
}
