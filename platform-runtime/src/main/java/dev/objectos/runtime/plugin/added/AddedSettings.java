package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.yaml.Spelling;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.SettingDefinition;
import dev.objectos.runtime.spi.LiveSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What administrators have set for added plugins. A plugin does not run with what its manifest does not allow; changes reach
 * those that run, all together or none.
 */
public final class AddedSettings implements LiveSettings {

    private static final Logger LOG = LoggerFactory.getLogger(AddedSettings.class);

    private final Supplier<Binder> settings;
    private final Set<OwnSettings> open = ConcurrentHashMap.newKeySet();

    /** @param settings those of the server as they are now */
    public AddedSettings(Supplier<Binder> settings) {
        this.settings = settings;
    }

    /**
     * For one run of a plugin.
     *
     * @throws PlatformException where something is set that its manifest does not allow, or something that it needs is not
     */
    OwnSettings open(PluginManifest manifest) {
        Binder now = settings.get();
        warnOfUnknown(manifest, now);
        var own = new OwnSettings(manifest, read(manifest, now));
        open.add(own);
        return own;
    }

    void close(OwnSettings own) {
        open.remove(own);
    }

    @Override
    public List<String> names() {
        return List.of("objectos.plugins.*.settings");
    }

    @Override
    public void apply(Binder changed) {
        Map<OwnSettings, Map<String, Object>> next = new HashMap<>();
        open.forEach(own -> next.put(own, read(own.manifest(), changed)));
        next.forEach(OwnSettings::take);
    }

    private static String prefix(PluginManifest manifest) {
        return "objectos.plugins." + manifest.id() + ".settings";
    }

    private static Map<String, Object> read(PluginManifest manifest, Binder settings) {
        var values = new LinkedHashMap<String, Object>();
        var problems = new ArrayList<String>();
        for (SettingDefinition setting : manifest.settings()) {
            String name = prefix(manifest) + "." + setting.name();
            String text = settings.bind(ConfigurationPropertyName.of(name), Bindable.of(String.class)).orElse(null);
            try {
                Object value = text == null ? setting.fallback() : setting.parse(text);
                if (value != null) {
                    values.put(setting.name(), value);
                } else if (setting.required()) {
                    problems.add(name + " must be set");
                }
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new PlatformException(RuntimeError.INVALID_PLUGIN,
                    "The plugin " + manifest.id() + " cannot run with its settings: " + String.join("; ", problems));
        }
        return values;
    }

    private static void warnOfUnknown(PluginManifest manifest, Binder settings) {
        List<String> known = manifest.settings().stream().map(SettingDefinition::name).toList();
        Set<String> set = settings.bind(ConfigurationPropertyName.of(prefix(manifest)),
                Bindable.mapOf(String.class, Object.class)).orElse(Map.of()).keySet();
        for (String name : set) {
            if (known.stream().noneMatch(setting -> folded(setting).equals(folded(name)))) {
                String near = Spelling.suggest(name, known);
                LOG.warn("The plugin {} has no setting '{}'{}", manifest.id(), name, near.isEmpty() ? "" : "; " + near);
            }
        }
    }

    /** Variables of the environment have no dashes, and files may have capitals. */
    private static String folded(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
