package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.SettingDefinition;
import dev.objectos.runtime.spi.PluginSettings;
import java.util.Map;
import java.util.Optional;

/** The settings of one run of a plugin. */
final class OwnSettings implements PluginSettings {

    private final PluginManifest manifest;
    private volatile Map<String, Object> values;

    OwnSettings(PluginManifest manifest, Map<String, Object> values) {
        this.manifest = manifest;
        this.values = Map.copyOf(values);
    }

    PluginManifest manifest() {
        return manifest;
    }

    void take(Map<String, Object> changed) {
        values = Map.copyOf(changed);
    }

    @Override
    public <T> Optional<T> find(String name, Class<T> type) {
        SettingDefinition setting = manifest.settings().stream().filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the manifest of " + manifest.id() + " has no setting '" + name + "'"));
        if (setting.type().java() != type) {
            throw new IllegalArgumentException(
                    "the setting '" + name + "' is a " + setting.type().java().getSimpleName()
                            + ", not a " + type.getSimpleName());
        }
        return Optional.ofNullable(type.cast(values.get(name)));
    }
}
