package dev.objectos.runtime.plugin;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Profile;
import java.nio.file.Path;
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
 * @param single what a setting says of the plugin with that id; empty: nothing
 * @param switched what an administrator has decided of it while the server ran, where no setting says anything
 */
public record PluginSelection(Profile profile, Function<String, Optional<Boolean>> single,
        Function<String, Optional<Boolean>> switched) {

    /** Every plugin. */
    public static final PluginSelection ALL = new PluginSelection(Profile.CLOUD, _ -> Optional.empty(),
            _ -> Optional.empty());

    /** {@code objectos.profile}, {@code objectos.plugins.<id>.enabled} and what administrators have decided for all nodes. */
    public static PluginSelection of(Environment environment) {
        Binder settings = Binder.get(environment);
        PluginSwitches switches = PluginSwitches.in(Path.of(environment.getProperty("objectos.home", ".objectos")));
        DecidedSwitches.read(settings, switches.areKnown()).ifPresent(switches::follow);
        return new PluginSelection(settings.bind("objectos.profile", Profile.class).orElse(Profile.CLOUD),
                id -> Optional.ofNullable(settings
                        .bind(ConfigurationPropertyName.of("objectos.plugins." + id + ".enabled"),
                                Bindable.of(Boolean.class))
                        .orElse(null)),
                switches::of);
    }

    boolean includes(PluginManifest manifest) {
        return decided(manifest.id()).orElseGet(() -> manifest.profiles().contains(profile));
    }

    private Optional<Boolean> decided(String id) {
        return single.apply(id).or(() -> switched.apply(id));
    }

    /** Whether a setting says whether a plugin is on, whatever administrators decide. */
    boolean isSet(String id) {
        return single.apply(id).isPresent();
    }

    /** Why a plugin is off, as the end of a sentence about it. */
    String reason(PluginManifest manifest) {
        if (isSet(manifest.id())) {
            return "switched off by objectos.plugins." + manifest.id() + ".enabled";
        }
        return decided(manifest.id()).isPresent()
                ? "switched off by an administrator"
                : "not part of the profile " + profile.name().toLowerCase(Locale.ROOT);
    }
}
