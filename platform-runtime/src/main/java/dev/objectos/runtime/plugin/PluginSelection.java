package dev.objectos.runtime.plugin;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Profile;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Which of the plugins that come with the server are on: those whose manifests name the profile, unless something else is said
 * of one.
 *
 * @param single what is said of the plugin with that id; empty: nothing
 */
public record PluginSelection(Profile profile, Function<String, Optional<Boolean>> single) {

    /** Every plugin. */
    public static final PluginSelection ALL = new PluginSelection(Profile.CLOUD, _ -> Optional.empty());

    /** {@code objectos.profile} and {@code objectos.plugins.<id>.enabled}. */
    public static PluginSelection of(Environment environment) {
        Binder settings = Binder.get(environment);
        return new PluginSelection(settings.bind("objectos.profile", Profile.class).orElse(Profile.CLOUD),
                id -> Optional.ofNullable(settings
                        .bind(ConfigurationPropertyName.of("objectos.plugins." + id + ".enabled"),
                                Bindable.of(Boolean.class))
                        .orElse(null)));
    }

    boolean includes(PluginManifest manifest) {
        return single.apply(manifest.id()).orElseGet(() -> manifest.profiles().contains(profile));
    }

    /** Why a plugin is off, as the end of a sentence about it. */
    String reason(PluginManifest manifest) {
        return single.apply(manifest.id()).isPresent()
                ? "switched off by objectos.plugins." + manifest.id() + ".enabled"
                : "not part of the profile " + profile.name().toLowerCase(Locale.ROOT);
    }
}
