package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginSecretAdministration.Secret;
import dev.objectos.runtime.spi.SecretSeal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps the secrets of plugins in the database, each sealed for its plugin and name. */
public final class SecretTable {

    private static final String PURPOSE = "plugin-secret/";

    private final DataSource worker;
    private final SecretSeal seal;

    /** @param worker connections of the role that may see the platform's tables */
    public SecretTable(DataSource worker, SecretSeal seal) {
        this.worker = worker;
        this.seal = seal;
    }

    /** What is done with a statement. */
    private interface Work<T> {

        T run(PreparedStatement statement) throws SQLException;
    }

    Optional<String> find(String plugin, String name) {
        Optional<String> sealed = with("SELECT sealed FROM platform.plugin_secret WHERE plugin = ? AND name = ?",
                statement -> {
                    statement.setString(1, plugin);
                    statement.setString(2, name);
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                    }
                });
        try {
            return sealed.map(text -> seal.open(text, owner(plugin), PURPOSE + name));
        } catch (IllegalArgumentException e) {
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The secret " + name + " of the plugin " + plugin
                    + " was sealed with another secret.key than this server has; an administrator must set it again",
                    e);
        }
    }

    /** Those that are set, by name. */
    Map<String, Secret> all(String plugin) {
        return with("SELECT name, set_by, set_at FROM platform.plugin_secret WHERE plugin = ?", statement -> {
            statement.setString(1, plugin);
            try (ResultSet rows = statement.executeQuery()) {
                var found = new TreeMap<String, Secret>();
                while (rows.next()) {
                    found.put(rows.getString(1), new Secret(rows.getString(1), rows.getObject(2, UUID.class),
                            rows.getObject(3, OffsetDateTime.class).toInstant()));
                }
                return found;
            }
        });
    }

    Secret set(String plugin, String name, String value, @Nullable UUID by, Instant at) {
        with("""
                INSERT INTO platform.plugin_secret (plugin, name, sealed, set_by, set_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (plugin, name) DO UPDATE SET sealed = excluded.sealed, set_by = excluded.set_by,
                    set_at = excluded.set_at""", statement -> {
            statement.setString(1, plugin);
            statement.setString(2, name);
            statement.setString(3, seal.seal(value, owner(plugin), PURPOSE + name));
            statement.setObject(4, by);
            statement.setObject(5, at.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
        });
        return new Secret(name, by, at);
    }

    boolean clear(String plugin, String name) {
        return with("DELETE FROM platform.plugin_secret WHERE plugin = ? AND name = ?", statement -> {
            statement.setString(1, plugin);
            statement.setString(2, name);
            return statement.executeUpdate();
        }) > 0;
    }

    void erase(String plugin) {
        with("DELETE FROM platform.plugin_secret WHERE plugin = ?", statement -> {
            statement.setString(1, plugin);
            return statement.executeUpdate();
        });
    }

    private static UUID owner(String plugin) {
        return UUID.nameUUIDFromBytes(("plugin/" + plugin).getBytes(StandardCharsets.UTF_8));
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = worker.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.run(statement);
        } catch (SQLException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "The secrets of plugins could not be read or written",
                    e);
        }
    }
}
