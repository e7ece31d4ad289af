package dev.objectos.runtime.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a plugin says of itself in {@code META-INF/objectos/plugin.yml}.
 *
 * @param id lower case with dashes, unique on a server, such as {@code objectos-crm}
 * @param version semantic version (semver.org 2.0.0)
 * @param publisher empty where the manifest names none
 * @param dependencies plugin id → range of versions such as {@code ^1.0.0}
 */
public record PluginManifest(String id, String name, String version, String description, String publisher,
        Map<String, String> dependencies) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern
            .compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    public PluginManifest {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id '" + id + "' must be lower-case words joined by dashes, such as objectos-crm");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("version '" + version + "' must have the form 1.2.3");
        }
        dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
    }
}
