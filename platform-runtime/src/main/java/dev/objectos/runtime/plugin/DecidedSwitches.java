package dev.objectos.runtime.plugin;

import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.DatabaseSchemas;
import dev.objectos.runtime.database.UnusableDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * What administrators have decided of built-in plugins, read at the start before anything of the server is there: which of its
 * parts are on decides what there will be. The embedded database does not run by then; what its server knows is beside it.
 */
final class DecidedSwitches {

    private static final Logger LOG = LoggerFactory.getLogger(DecidedSwitches.class);

    private DecidedSwitches() {}

    /**
     * By plugin.
     *
     * @param known whether this node may go by what it knows where the database does not answer
     * @return empty where the database cannot say
     */
    static Optional<Map<String, Boolean>> read(Binder settings, boolean known) {
        DatabaseProperties database = settings.bindOrCreate("objectos.database", DatabaseProperties.class);
        if (database.embedded()) {
            return Optional.empty();
        }
        try (Connection connection = known
                ? DatabaseBootstrap.configured(database)
                : DatabaseBootstrap.awaited(database)) {
            return read(connection);
        } catch (SQLException | UnusableDatabaseException e) {
            LOG.debug("What was decided of built-in plugins is not known yet", e);
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Boolean>> read(Connection connection) throws SQLException {
        String schema = DatabaseSchemas.PLATFORM;
        try (var statement = connection.createStatement()) {
            String owner;
            try (var row = statement.executeQuery(
                    "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = '" + schema + "'")) {
                if (!row.next()) {
                    return Optional.empty();
                }
                owner = row.getString(1);
            }
            // The configured user need not see the platform's tables itself.
            statement.execute("SET ROLE " + owner);
            try (var row = statement.executeQuery("SELECT to_regclass('" + schema + ".plugin_switch') IS NOT NULL")) {
                if (!row.next() || !row.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            var switches = new HashMap<String, Boolean>();
            try (var rows = statement.executeQuery("SELECT plugin, enabled FROM " + schema + ".plugin_switch")) {
                while (rows.next()) {
                    switches.put(rows.getString(1), rows.getBoolean(2));
                }
            }
            return Optional.of(switches);
        }
    }
}
