package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginApproval;
import dev.objectos.runtime.spi.PluginPermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What administrators have let plugins have, and whether that is enough for what a version asks for. */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private static final String PORTS = "ports";
    private static final String LIST = """
            SELECT DISTINCT ON (plugin) plugin, version, permissions, approved_by, approved_at
            FROM platform.plugin_approval WHERE withdrawn_at IS NULL ORDER BY plugin, id DESC""";
    private static final String ADD = """
            INSERT INTO platform.plugin_approval (plugin, version, permissions, approved_by, approved_at)
            VALUES (?, ?, ?::jsonb, ?, ?)""";
    private static final String WITHDRAW = """
            UPDATE platform.plugin_approval SET withdrawn_at = ? WHERE plugin = ? AND withdrawn_at IS NULL""";

    private final PluginDatabase database;
    private final Clock clock;
    private final boolean everything;
    private volatile Map<String, PluginApproval> known = Map.of();

    /** @param everything whether nobody is asked */
    public Approvals(PluginDatabase database, Clock clock, boolean everything) {
        this.database = database;
        this.clock = clock;
        this.everything = everything;
    }

    /** Takes what is in the database now. @return the plugins that may have something else than before */
    Set<String> read() {
        var found = new HashMap<String, PluginApproval>();
        database.list(LIST, row -> Map.entry(row.getString(1), approval(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        var changed = new HashSet<>(found.keySet());
        changed.addAll(known.keySet());
        Map<String, PluginApproval> before = known;
        changed.removeIf(plugin -> Objects.equals(before.get(plugin), found.get(plugin)));
        known = Map.copyOf(found);
        return changed;
    }

    private static PluginApproval approval(ResultSet row) throws SQLException {
        return new PluginApproval(permissions(row.getString(3)),
                row.getString(2), row.getObject(4, UUID.class), row.getObject(5, OffsetDateTime.class).toInstant());
    }

    /** What was approved before plugins could ask for ports says nothing of any. */
    private static PluginPermissions permissions(String json) {
        ObjectNode approved = JsonMapper.shared().readValue(json, ObjectNode.class);
        if (!approved.has(PORTS)) {
            approved.putArray(PORTS);
        }
        return JsonMapper.shared().treeToValue(approved, PluginPermissions.class);
    }

    Optional<PluginApproval> of(String plugin) {
        return Optional.ofNullable(known.get(plugin));
    }

    /**
     * Whether a version may run.
     *
     * @param own the objects that it defines itself, for which nobody is asked; found out only where that matters
     */
    boolean cover(PluginManifest manifest, Supplier<Collection<String>> own) {
        PluginPermissions asked = manifest.permissions();
        PluginPermissions approved = of(manifest.id()).map(PluginApproval::permissions).orElse(PluginPermissions.NONE);
        if (asked.isWithin(approved) || asked.withoutObjects(own.get()).isWithin(approved)) {
            return true;
        }
        if (everything) {
            LOG.warn("Plugin {} {} has everything that it asks for, unapproved, because OBJECTOS_TRUST=development: {}",
                    manifest.id(), manifest.version(), asked);
        }
        return everything;
    }

    /** Lets a plugin have just this; whether that is a change. */
    boolean approve(PluginManifest manifest, PluginPermissions permissions, Session session) {
        if (of(manifest.id()).map(approval -> approval.permissions().isSameAs(permissions)).orElse(false)) {
            return false;
        }
        database.with(ADD, statement -> {
            statement.setString(1, manifest.id());
            statement.setString(2, manifest.version().toString());
            statement.setString(3, JsonMapper.shared().writeValueAsString(permissions));
            statement.setObject(4, session.userId());
            statement.setObject(5, now());
            return statement.executeUpdate();
        });
        read();
        return true;
    }

    /** The plugin is removed: should it come back, it is to ask again. */
    void withdraw(String plugin) {
        database.with(WITHDRAW, statement -> {
            statement.setObject(1, now());
            statement.setString(2, plugin);
            return statement.executeUpdate();
        });
        read();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
