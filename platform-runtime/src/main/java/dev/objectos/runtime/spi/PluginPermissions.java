package dev.objectos.runtime.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plugin asks to reach beyond its own, or was let reach. It gets nothing by asking: an administrator approves.
 *
 * @param network hosts, with or without a port; a leading {@code *.} stands for every name below
 * @param files relative paths
 * @param objects object of another plugin or the platform → {@code read}, {@code create}, {@code update},
 *        {@code delete}
 * @param secrets names
 * @param ports at which the server listens for it
 */
public record PluginPermissions(List<String> network, List<String> files, Map<String, Set<String>> objects,
        List<String> secrets, List<Integer> ports) {

    public static final PluginPermissions NONE = new PluginPermissions(List.of(), List.of(), Map.of(), List.of(),
            List.of());

    public PluginPermissions {
        network = List.copyOf(network);
        files = List.copyOf(files);
        var copied = new LinkedHashMap<String, Set<String>>();
        objects.forEach(
                (object, rights) -> copied.put(object, Collections.unmodifiableSet(new LinkedHashSet<>(rights))));
        objects = Collections.unmodifiableMap(copied);
        secrets = List.copyOf(secrets);
        ports = List.copyOf(ports);
    }

    public boolean isEmpty() {
        return network.isEmpty() && files.isEmpty() && objects.isEmpty() && secrets.isEmpty()
                && ports.isEmpty();
    }

    /** Whether there is nothing in it that is not in the other. */
    public boolean isWithin(PluginPermissions other) {
        return other.network.containsAll(network) && other.files.containsAll(files)
                && other.secrets.containsAll(secrets) && other.ports.containsAll(ports) && objects.entrySet().stream()
                        .allMatch(asked -> other.objects.getOrDefault(asked.getKey(), Set.of())
                                .containsAll(asked.getValue()));
    }

    /** Whether both say the same, in whatever order. */
    public boolean isSameAs(PluginPermissions other) {
        return isWithin(other) && other.isWithin(this);
    }

    /** Without what concerns some objects. */
    public PluginPermissions withoutObjects(Collection<String> names) {
        var left = new LinkedHashMap<>(objects);
        left.keySet().removeAll(names);
        return new PluginPermissions(network, files, left, secrets, ports);
    }
}
