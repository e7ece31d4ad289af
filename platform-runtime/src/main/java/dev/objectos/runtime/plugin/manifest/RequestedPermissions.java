package dev.objectos.runtime.plugin.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plugin asks to reach beyond its own. It gets nothing by asking: an administrator grants, and what runs in the
 * server's own process is held to network and files only where it uses the server's interfaces for them.
 *
 * @param network hosts, with or without a port; a leading {@code *.} stands for every name below
 * @param files relative paths
 * @param objects object of another plugin or the platform → {@code read}, {@code create}, {@code update},
 *        {@code delete}
 * @param secrets names
 */
public record RequestedPermissions(List<String> network, List<String> files, Map<String, Set<String>> objects,
        List<String> secrets) {

    public RequestedPermissions {
        network = List.copyOf(network);
        files = List.copyOf(files);
        objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
        secrets = List.copyOf(secrets);
    }
}
