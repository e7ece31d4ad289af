package dev.objectos.runtime.database;

import static org.jooq.impl.DSL.name;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.util.PasswordUtil;

/**
 * Makes the three logins, the two schemas and their privileges as the configured user. Everything happens in one
 * transaction under a lock, and finds done what an earlier start or another node has done.
 */
final class Provisioning {

    /** Holds the secrets that the nodes share; only the configured user may read it. */
    private static final Name BOOTSTRAP = name("platform_bootstrap");

    private static final Name LOGIN = BOOTSTRAP.append("login");

    /** The configured user's, so that it need not be a superuser to create a trusted extension there. */
    private static final Name EXTENSIONS = name("platform_extensions");

    private static final Name DATA = name(DatabaseSchemas.DATA);

    private static final long LOCK = 0x6f626a6563744f53L;

    private final Connection connection;
    private final DatabaseProperties properties;
    private final DSLContext sql;

    /** Roles, their secrets, and what was found on the way. */
    record Logins(DatabaseRoles roles, Map<String, String> secrets, DatabaseDiagnostics diagnostics) {

        String secret(String role) {
            return Objects.requireNonNull(secrets.get(role));
        }
    }

    Provisioning(Connection connection, DatabaseProperties properties) {
        this.connection = connection;
        this.properties = properties;
        this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    }

    Logins run() throws SQLException {
        connection.setAutoCommit(false);
        sql.execute("SELECT pg_advisory_xact_lock({0})", DSL.inline(LOCK));
        Found found = sql.resultQuery("""
                SELECT current_database(), current_setting('server_version'), rolsuper,
                       pg_has_role(d.datdba, 'USAGE')
                FROM pg_roles, pg_database d WHERE rolname = current_user AND datname = current_database()""")
                .fetchSingle(row -> new Found(row.get(0, String.class), row.get(1, String.class),
                        row.get(2, Boolean.class), row.get(3, Boolean.class)));
        String prefix = properties.rolePrefix();
        DatabaseRoles roles = DatabaseRoles.of(prefix == null ? found.database() : prefix);
        var secrets = new TreeMap<String, String>();
        sql.execute("CREATE SCHEMA IF NOT EXISTS {0}", BOOTSTRAP);
        sql.execute("CREATE TABLE IF NOT EXISTS {0} (role text PRIMARY KEY, secret text NOT NULL)", LOGIN);
        sql.execute("REVOKE ALL ON SCHEMA {0} FROM PUBLIC", BOOTSTRAP);
        for (String role : List.of(roles.owner(), roles.app(), roles.worker())) {
            secrets.put(role, provision(role));
        }
        schemas(roles);
        settings(found.database(), roles);
        if (found.ownsDatabase()) {
            sql.execute("REVOKE CREATE, TEMPORARY ON DATABASE {0} FROM PUBLIC", name(found.database()));
        }
        List<String> extensions = extensions(roles);
        List<String> leaking = new LeakproofFunctions(sql).mark(found.superuser());
        connection.commit();
        return new Logins(roles, secrets,
                new DatabaseDiagnostics(found.version(), found.superuser(), leaking, extensions));
    }

    private record Found(String database, String version, boolean superuser, boolean ownsDatabase) {}

    private String provision(String role) throws SQLException {
        String known = sql.resultQuery("SELECT secret FROM {0} WHERE role = {1}", LOGIN, DSL.val(role))
                .fetchOne(0, String.class);
        String secret = known == null ? newSecret() : known;
        boolean exists = sql.resultQuery("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = {0}",
                DSL.val(role)).fetchOptional(row -> refuseMighty(role, row.get(0, Boolean.class))).isPresent();
        if (!exists) {
            sql.execute("""
                    CREATE ROLE {0} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS""",
                    name(role));
            sql.execute("GRANT {0} TO CURRENT_USER WITH SET TRUE, INHERIT FALSE", name(role));
        }
        if (!exists || known == null) {
            // Only the verifier is sent, so that no log of statements ever holds the secret.
            sql.execute("ALTER ROLE {0} PASSWORD {1}", name(role), DSL.inline(verifier(secret)));
        }
        if (known == null) {
            sql.execute("INSERT INTO {0} VALUES ({1}, {2})", LOGIN, DSL.val(role), DSL.val(secret));
        }
        return secret;
    }

    private static boolean refuseMighty(String role, boolean mighty) {
        if (mighty) {
            throw new UnusableDatabaseException("The role " + role + " may bypass row-level security.",
                    "ALTER ROLE \"" + role + "\" NOSUPERUSER NOBYPASSRLS, or choose other names with "
                            + "OBJECTOS_DATABASE_ROLEPREFIX.",
                    null);
        }
        return true;
    }

    /**
     * For SCRAM-SHA-256 (RFC 7677). Iterations slow down whoever guesses a person's password; a secret of 256 random bits
     * cannot be guessed, and every new connection would pay for them.
     */
    private static String verifier(String secret) {
        return PasswordUtil.encodeScramSha256(secret.toCharArray(), 1, random(16));
    }

    private static String newSecret() {
        return HexFormat.of().formatHex(random(32));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private void schemas(DatabaseRoles roles) {
        Name owner = name(roles.owner());
        Name app = name(roles.app());
        Name worker = name(roles.worker());
        for (Name schema : List.of(name(DatabaseSchemas.PLATFORM), DATA)) {
            sql.execute("CREATE SCHEMA IF NOT EXISTS {0} AUTHORIZATION {1}", schema, owner);
        }
        // Only the owner may grant on what it owns; the configured user need not be a superuser.
        sql.execute("SET LOCAL ROLE {0}", owner);
        sql.execute("REVOKE ALL ON SCHEMA {0}, {1} FROM PUBLIC", name(DatabaseSchemas.PLATFORM), DATA);
        sql.execute("GRANT USAGE ON SCHEMA {0}, {1} TO {2}, {3}", name(DatabaseSchemas.PLATFORM), DATA, app, worker);
        sql.execute("""
                ALTER DEFAULT PRIVILEGES IN SCHEMA {0}
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {1}, {2}""", DATA, app, worker);
        sql.execute("""
                ALTER DEFAULT PRIVILEGES IN SCHEMA {0}
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {1}""", name(DatabaseSchemas.PLATFORM), worker);
        sql.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA {0} GRANT USAGE ON SEQUENCES TO {1}",
                name(DatabaseSchemas.PLATFORM), worker);
        sql.execute("RESET ROLE");
    }

    /** Settings of the roles rather than of connections, so that they hold behind a pooler too. */
    private void settings(String database, DatabaseRoles roles) {
        for (String role : List.of(roles.owner(), roles.app(), roles.worker())) {
            setting(role, database, "search_path", DatabaseSchemas.PLATFORM);
            setting(role, database, "timezone", "UTC");
            setting(role, database, "jit", "off");
            setting(role, database, "idle_in_transaction_session_timeout", "10min");
        }
        setting(roles.app(), database, "statement_timeout", properties.statementTimeout().toMillis() + "ms");
    }

    private void setting(String role, String database, String parameter, String value) {
        sql.execute("ALTER ROLE {0} IN DATABASE {1} SET {2} = {3}", name(role), name(database), name(parameter),
                DSL.inline(value));
    }

    private List<String> extensions(DatabaseRoles roles) throws SQLException {
        sql.execute("CREATE SCHEMA IF NOT EXISTS {0}", EXTENSIONS);
        sql.execute("GRANT USAGE ON SCHEMA {0} TO {1}, {2}, {3}", EXTENSIONS, name(roles.owner()), name(roles.app()),
                name(roles.worker()));
        var there = new ArrayList<String>();
        for (String extension : DatabaseExtensions.WANTED) {
            var savepoint = connection.setSavepoint();
            try {
                sql.execute("CREATE EXTENSION IF NOT EXISTS {0} SCHEMA {1}", name(extension), EXTENSIONS);
                there.add(extension);
            } catch (org.jooq.exception.DataAccessException _) {
                // Not shipped with this server, or not for this user: the platform does without.
                connection.rollback(savepoint);
            }
        }
        return there;
    }
}
