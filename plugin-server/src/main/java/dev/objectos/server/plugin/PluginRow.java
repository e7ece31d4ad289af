package dev.objectos.server.plugin;

import dev.objectos.runtime.spi.PluginAccess;
import dev.objectos.runtime.spi.PluginApproval;
import dev.objectos.runtime.spi.PluginPermissions;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Ring;
import dev.objectos.runtime.spi.RuntimeCapability;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Plugins, and parts of the runtime, as JSON. */
final class PluginRow {

    private PluginRow() {}

    static Map<String, Object> of(PluginSummary plugin) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("id", plugin.id());
        manifest.put("name", plugin.name());
        manifest.put("version", plugin.version());
        manifest.put("description", plugin.description());
        manifest.put("publisher", plugin.publisher());
        manifest.put("dependencies", plugin.dependencies());
        var row = new LinkedHashMap<String, Object>(manifest);
        row.put("manifest", manifest);
        row.put("status", word(plugin.state()));
        row.put("enabled", plugin.state().equals("ENABLED"));
        row.put("builtIn", plugin.builtIn());
        row.put("ring", word(plugin.ring().name()));
        if (!plugin.reason().isEmpty()) {
            row.put("reason", plugin.reason());
        }
        putSwitch(row, plugin.fixed());
        if (!plugin.switches().isEmpty()) {
            // What was decided differs from what is the case.
            row.put("takesEffect", plugin.switches());
        }
        PluginAccess access = plugin.access();
        if (!access.asks().isEmpty() || access.approval() != null) {
            row.put("permissions", permissions(access));
        }
        PluginAccess.Pending pending = access.pending();
        if (pending != null) {
            row.put("pending", Map.of("version", pending.version(), "permissions", json(pending.asks())));
        }
        return row;
    }

    static Map<String, Object> of(RuntimeCapability capability) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", capability.id());
        row.put("description", capability.description());
        row.put("enabled", capability.enabled());
        row.put("ring", word(Ring.KERNEL.name()));
        putSwitch(row, capability.reason());
        if (!capability.setting().isEmpty()) {
            row.put("setting", capability.setting());
        }
        return row;
    }

    private static void putSwitch(Map<String, Object> row, String fixed) {
        row.put("switchable", fixed.isEmpty());
        if (!fixed.isEmpty()) {
            row.put("fixed", fixed);
        }
    }

    private static Map<String, Object> permissions(PluginAccess access) {
        var permissions = new LinkedHashMap<String, Object>();
        permissions.put("asked", json(access.asks()));
        PluginApproval approval = access.approval();
        if (approval != null) {
            permissions.put("approved", json(approval.permissions()));
            permissions.put("approvedVersion", approval.version());
            permissions.put("approvedAt", approval.at().toString());
            UUID by = approval.by();
            if (by != null) {
                permissions.put("approvedBy", by.toString());
            }
        }
        return permissions;
    }

    private static Map<String, Object> json(PluginPermissions permissions) {
        var json = new LinkedHashMap<String, Object>();
        json.put("network", permissions.network());
        json.put("files", permissions.files());
        json.put("objects", permissions.objects());
        json.put("secrets", permissions.secrets());
        json.put("ports", permissions.ports());
        return json;
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
