package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plugin.PluginState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Keeps added plugins, with their packages, in the database, so that every node has them. */
public final class PluginStore {

    private static final String LIST = """
            SELECT id, version, state, wanted, greeted, reason, origin, digest, previous_version, installed_by
            FROM platform.plugin ORDER BY id""";
    private static final String SAVE = """
            INSERT INTO platform.plugin (id, version, state, wanted, greeted, reason, origin, digest, previous_version,
                installed_by, package)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, wanted = excluded.wanted,
                greeted = excluded.greeted, reason = excluded.reason, origin = excluded.origin, digest = excluded.digest,
                previous_version = excluded.previous_version, installed_by = excluded.installed_by,
                package = excluded.package, installed_at = now()""";
    private static final String MOVE = "UPDATE platform.plugin SET state = ?, wanted = ?, greeted = ?, reason = ? WHERE id = ?";
    private static final String REMOVE = """
            UPDATE platform.plugin SET state = 'UNINSTALLED', wanted = false, reason = '', package = NULL WHERE id = ?""";
    private static final String FORGET_SEEDS = "DELETE FROM platform.seed_record WHERE starts_with(source, ?)";

    private final DataSource worker;

    /** @param worker connections of the role that may see the platform's tables */
    public PluginStore(DataSource worker) {
        this.worker = worker;
    }

    /** All that are or were there. */
    List<KeptPlugin> all() {
        return with(LIST, statement -> {
            var found = new ArrayList<KeptPlugin>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new KeptPlugin(rows.getString(1), rows.getString(2),
                            PluginState.valueOf(rows.getString(3)), rows.getBoolean(4), rows.getBoolean(5),
                            rows.getString(6), rows.getString(7), rows.getString(8), rows.getString(9),
                            rows.getObject(10, UUID.class)));
                }
            }
            return found;
        });
    }

    /** The bytes of a package; empty for one that came as a folder. */
    Optional<byte[]> archive(String id) {
        return with("SELECT package FROM platform.plugin WHERE id = ?", statement -> {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
            }
        });
    }

    /** In the place of what is kept under the same id. */
    void save(KeptPlugin plugin, Optional<byte[]> archive) {
        with(SAVE, statement -> {
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
            return statement.executeUpdate();
        });
    }

    /** Remembers where a plugin stands now. */
    void move(KeptPlugin plugin) {
        with(MOVE, statement -> {
            statement.setString(1, plugin.state().name());
            statement.setBoolean(2, plugin.wanted());
            statement.setBoolean(3, plugin.greeted());
            statement.setString(4, plugin.reason());
            statement.setString(5, plugin.id());
            return statement.executeUpdate();
        });
    }

    /** Keeps no more than that it was there, so that the same file in the folder does not bring it back. */
    void remove(String id) {
        with(REMOVE, statement -> {
            statement.setString(1, id);
            return statement.executeUpdate();
        });
    }

    /** Has the seed records of a plugin loaded again, should it come back. */
    void forgetSeeds(String id) {
        with(FORGET_SEEDS, statement -> {
            statement.setString(1, id + "!");
            return statement.executeUpdate();
        });
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = worker.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.run(statement);
        } catch (SQLException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "The list of plugins could not be read or written", e);
        }
    }

    /** What is done with a statement. */
    private interface Work<T> {

        T run(PreparedStatement statement) throws SQLException;
    }
}
