package dev.objectos.runtime.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Sorts plugins so that each comes after those that it depends on; among equals by id. */
final class DependencyOrder {

    private final Map<String, PluginDescriptor> byId = new LinkedHashMap<>();
    private final LinkedHashSet<String> done = new LinkedHashSet<>();
    private final List<String> path = new ArrayList<>();

    private DependencyOrder(Collection<PluginDescriptor> plugins) {
        plugins.stream().sorted(java.util.Comparator.comparing(PluginDescriptor::id)).forEach(plugin -> {
            PluginDescriptor twin = byId.put(plugin.id(), plugin);
            if (twin != null) {
                throw new InvalidPluginException(
                        "Two plugins are called " + plugin.id() + ": " + twin.root() + " and " + plugin.root());
            }
        });
    }

    /** @throws InvalidPluginException naming the pair where a dependency is missing, too old, or circular */
    static List<PluginDescriptor> sort(Collection<PluginDescriptor> plugins) {
        var order = new DependencyOrder(plugins);
        order.byId.keySet().forEach(order::visit);
        return order.done.stream().map(order.byId::get).toList();
    }

    private void visit(String id) {
        if (done.contains(id)) {
            return;
        }
        if (path.contains(id)) {
            throw new InvalidPluginException("Plugins depend on each other in a circle: "
                    + String.join(" → ", path.subList(path.indexOf(id), path.size())) + " → " + id);
        }
        path.add(id);
        java.util.Objects.requireNonNull(byId.get(id)).manifest().dependencies().forEach((needed, range) -> {
            PluginDescriptor dependency = byId.get(needed);
            if (dependency == null) {
                throw new InvalidPluginException(
                        "Plugin " + id + " needs " + needed + " " + range + ", which is not installed");
            }
            if (!VersionRange.parse(range).contains(dependency.manifest().version())) {
                throw new InvalidPluginException("Plugin " + id + " needs " + needed + " " + range + ", but "
                        + dependency.manifest().version() + " is installed");
            }
            visit(needed);
        });
        path.removeLast();
        done.add(id);
    }
}
