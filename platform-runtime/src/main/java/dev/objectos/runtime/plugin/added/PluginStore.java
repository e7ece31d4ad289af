package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps added plugins, with their packages, in the database, so that every node has them. What an administrator decides gets a
 * revision, by which other nodes notice it; where a plugin stands is merely noted.
 */
public final class PluginStore {

    private static final String NEXT = "(SELECT coalesce(max(revision), 0) + 1 FROM platform.plugin)";
    private static final String LIST = """
            SELECT id, version, state, wanted, greeted, reason, origin, digest, previous_version, installed_by, revision
            FROM platform.plugin ORDER BY id""";
    private static final String PENDING = """
            SELECT pending.id, pending.version, 'AWAITING_APPROVAL', true, false, '', pending.origin, pending.digest,
                plugin.version, pending.installed_by, plugin.revision
            FROM platform.plugin_pending pending JOIN platform.plugin USING (id) ORDER BY pending.id""";
    private static final String SAVE = """
            INSERT INTO platform.plugin (id, version, state, wanted, greeted, reason, origin, digest, previous_version,
                installed_by, package, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %1$s)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, wanted = excluded.wanted,
                greeted = excluded.greeted, reason = excluded.reason, origin = excluded.origin, digest = excluded.digest,
                previous_version = excluded.previous_version, installed_by = excluded.installed_by,
                package = excluded.package, installed_at = now(), revision = excluded.revision
            RETURNING revision"""
            .formatted(NEXT);
    private static final String SAVE_PENDING = """
            INSERT INTO platform.plugin_pending (id, version, origin, digest, installed_by, package)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, origin = excluded.origin,
                digest = excluded.digest, installed_by = excluded.installed_by, package = excluded.package,
                installed_at = now()""";
    private static final String NOTE = "UPDATE platform.plugin SET state = ?, greeted = ?, reason = ? WHERE id = ?";
    private static final String DECIDE = """
            UPDATE platform.plugin SET state = ?, greeted = ?, reason = ?, wanted = ?, revision = %s WHERE id = ?
            RETURNING revision""".formatted(NEXT);
    private static final String TOUCH = "UPDATE platform.plugin SET revision = " + NEXT
            + " WHERE id = ? RETURNING revision";
    private static final String REMOVE = """
            UPDATE platform.plugin SET state = 'UNINSTALLED', wanted = false, reason = '', package = NULL, revision = %s
            WHERE id = ?""".formatted(NEXT);
    private static final String SAME = " WHERE id = ? AND version = ? AND digest = ? AND state <> 'UNINSTALLED'";
    private static final String GREETED = "SELECT count(*) FROM platform.plugin" + SAME + " AND greeted";
    private static final String GREET = "UPDATE platform.plugin SET greeted = true" + SAME;
    private static final String FORGET_SEEDS = "DELETE FROM platform.seed_record WHERE starts_with(source, ?)";

    private static final String SWITCH = """
            INSERT INTO platform.plugin_switch (plugin, enabled, decided_by, decided_at) VALUES (?, ?, ?, now())
            ON CONFLICT (plugin) DO UPDATE SET enabled = excluded.enabled, decided_by = excluded.decided_by,
                decided_at = excluded.decided_at""";

    private final PluginDatabase database;

    public PluginStore(PluginDatabase database) {
        this.database = database;
    }

    PluginDatabase database() {
        return database;
    }

    /** All that are or were there. */
    List<KeptPlugin> all() {
        return database.list(LIST, PluginStore::kept);
    }

    /** Newer versions that await approval while the ones before them go on. */
    List<KeptPlugin> pending() {
        return database.list(PENDING, PluginStore::kept);
    }

    private static KeptPlugin kept(ResultSet row) throws SQLException {
        return new KeptPlugin(row.getString(1), row.getString(2), PluginState.valueOf(row.getString(3)),
                row.getBoolean(4), row.getBoolean(5), row.getString(6), row.getString(7), row.getString(8),
                row.getString(9), row.getObject(10, UUID.class), row.getLong(11));
    }

    /** That of the latest decision. */
    long revision() {
        return database.with("SELECT coalesce(max(revision), 0) FROM platform.plugin", PluginDatabase::number);
    }

    /** The bytes of a package; empty for one that came as a folder. */
    Optional<byte[]> archive(String id) {
        return bytes("SELECT package FROM platform.plugin WHERE id = ?", id);
    }

    Optional<byte[]> pendingArchive(String id) {
        return bytes("SELECT package FROM platform.plugin_pending WHERE id = ?", id);
    }

    private Optional<byte[]> bytes(String sql, String id) {
        return database.with(sql, statement -> {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
            }
        });
    }

    /** In the place of what is kept under the same id, and of what was pending there. */
    KeptPlugin save(KeptPlugin plugin, Optional<byte[]> archive) {
        long revision = database.with(SAVE, statement -> {
            statement.setString(1, plugin.id());
            statement.setString(2, plugin.version());
            statement.setString(3, plugin.state().name());
            statement.setBoolean(4, plugin.wanted());
            statement.setBoolean(5, plugin.greeted());
            statement.setString(6, plugin.reason());
            statement.setString(7, plugin.origin());
            statement.setString(8, plugin.digest());
            statement.setString(9, plugin.previousVersion());
            statement.setObject(10, plugin.installedBy());
            statement.setBytes(11, archive.orElse(null));
            return PluginDatabase.number(statement);
        });
        forgetPending(plugin.id());
        return plugin.at(revision);
    }

    /** Beside the version that goes on. */
    void savePending(KeptPlugin plugin, byte[] archive) {
        database.with(SAVE_PENDING, statement -> {
            statement.setString(1, plugin.id());
            statement.setString(2, plugin.version());
            statement.setString(3, plugin.origin());
            statement.setString(4, plugin.digest());
            statement.setObject(5, plugin.installedBy());
            statement.setBytes(6, archive);
            return statement.executeUpdate();
        });
    }

    private void forgetPending(String id) {
        change("DELETE FROM platform.plugin_pending WHERE id = ?", id);
    }

    /** Where a plugin stands now, for people who look into the database. */
    void note(KeptPlugin plugin) {
        database.with(NOTE, statement -> {
            statement.setString(1, plugin.state().name());
            statement.setBoolean(2, plugin.greeted());
            statement.setString(3, plugin.reason());
            statement.setString(4, plugin.id());
            return statement.executeUpdate();
        });
    }

    /** What an administrator wants of a plugin. */
    KeptPlugin decide(KeptPlugin plugin) {
        return plugin.at(database.with(DECIDE, statement -> {
            statement.setString(1, plugin.state().name());
            statement.setBoolean(2, plugin.greeted());
            statement.setString(3, plugin.reason());
            statement.setBoolean(4, plugin.wanted());
            statement.setString(5, plugin.id());
            return PluginDatabase.number(statement);
        }));
    }

    /** Which built-in plugins administrators have switched on or off. */
    Map<String, Boolean> switches() {
        return database.list("SELECT plugin, enabled FROM platform.plugin_switch",
                row -> Map.entry(row.getString(1), row.getBoolean(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether a built-in plugin is to be on, on all nodes. */
    void decide(String builtIn, boolean on, @Nullable UUID by) {
        database.with(SWITCH, statement -> {
            statement.setString(1, builtIn);
            statement.setBoolean(2, on);
            statement.setObject(3, by);
            return statement.executeUpdate();
        });
    }

    /** Has other nodes look at a plugin again. */
    KeptPlugin touch(KeptPlugin plugin) {
        return plugin.at(database.with(TOUCH, statement -> {
            statement.setString(1, plugin.id());
            return PluginDatabase.number(statement);
        }));
    }

    /** Whether the code of that very package has been told on some node that it is installed. */
    boolean isGreeted(KeptPlugin plugin) {
        return database.with(GREETED, statement -> {
            identify(statement, plugin);
            return PluginDatabase.number(statement);
        }) > 0;
    }

    void greeted(KeptPlugin plugin) {
        database.with(GREET, statement -> {
            identify(statement, plugin);
            return statement.executeUpdate();
        });
    }

    private static void identify(PreparedStatement statement, KeptPlugin plugin) throws SQLException {
        statement.setString(1, plugin.id());
        statement.setString(2, plugin.version());
        statement.setString(3, plugin.digest());
    }

    /** Keeps no more than that it was there, so that the same file in the folder does not bring it back. */
    void remove(String id) {
        change(REMOVE, id);
        forgetPending(id);
    }

    /** Has the seed records of a plugin loaded again, should it come back. */
    void forgetSeeds(String id) {
        change(FORGET_SEEDS, id + "!");
    }

    private void change(String sql, String parameter) {
        database.with(sql, (PreparedStatement statement) -> {
            statement.setString(1, parameter);
            return statement.executeUpdate();
        });
    }
}
