package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.spi.PluginPermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plugin says of itself in {@code META-INF/objectos/plugin.yml}. It runs in the server's own process, the one
 * isolation there is.
 *
 * @param id lower case with dashes, unique on a server, such as {@code objectos-crm}
 * @param dependencies plugin id → versions that will do
 * @param provides names or paths of what is in the package
 * @param profiles where it runs; never empty
 * @param settings what an administrator may set for it
 */
public record PluginManifest(String id, Version version, About about, Tier tier, Map<String, Requirement> dependencies,
        Map<ContentType, List<String>> provides, Capabilities capabilities, Set<Hook> hooks,
        PluginPermissions permissions, Limits limits, Set<Profile> profiles, List<SettingDefinition> settings) {

    /** Where the manifest stands in a package. */
    public static final String PATH = "META-INF/objectos/plugin.yml";

    public PluginManifest {
        dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
        provides = Collections.unmodifiableMap(new LinkedHashMap<>(provides));
        hooks = Collections.unmodifiableSet(hooks);
        profiles = Collections.unmodifiableSet(profiles);
        settings = List.copyOf(settings);
    }

    /** The same plugin in another version. */
    public PluginManifest in(Version next) {
        return new PluginManifest(id, next, about, tier, dependencies, provides, capabilities, hooks, permissions,
                limits, profiles, settings);
    }
}
