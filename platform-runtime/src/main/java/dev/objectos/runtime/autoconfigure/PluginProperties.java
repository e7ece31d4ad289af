package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.health.RestartPolicy;
import dev.objectos.runtime.plugin.added.PackageSource;
import dev.objectos.runtime.plugin.trust.TrustMode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of added plugins ({@code objectos}).
 *
 * @param safe {@code OBJECTOS_SAFE}: whether the server starts without them
 * @param trust {@code OBJECTOS_TRUST}: {@code development} opens unsigned packages too
 * @param plugins where they are
 */
@ConfigurationProperties("objectos")
public record PluginProperties(@DefaultValue("false") boolean safe, @Nullable String trust,
        @DefaultValue Plugins plugins) {

    /**
     * Where they are, and what they may.
     *
     * @param dir {@code OBJECTOS_PLUGINS_DIR}: packages that are taken in at the start; default: {@code plugins} in the home
     * @param hookTime {@code OBJECTOS_PLUGINS_HOOKTIME}: how long a hook of a plugin's life cycle may take
     * @param restart of those that fail
     */
    public record Plugins(@Nullable String dir, @DefaultValue("60s") Duration hookTime,
            @DefaultValue Restart restart) {

        RestartPolicy restarts() {
            return new RestartPolicy(restart.first(), restart.longest(), restart.tries(), restart.stable());
        }
    }

    /**
     * When to start again what has failed.
     *
     * @param first {@code OBJECTOS_PLUGINS_RESTART_FIRST}: pause before the first try; doubled before each further one
     * @param longest {@code OBJECTOS_PLUGINS_RESTART_LONGEST}: what the doubling ends at
     * @param tries {@code OBJECTOS_PLUGINS_RESTART_TRIES}: in a row, after which it is given up
     * @param stable {@code OBJECTOS_PLUGINS_RESTART_STABLE}: how long it must run until its failures count from the beginning
     */
    public record Restart(@DefaultValue("1s") Duration first, @DefaultValue("60s") Duration longest,
            @DefaultValue("5") int tries, @DefaultValue("60s") Duration stable) {}

    private Path folder(Path home) {
        String dir = plugins.dir();
        return dir == null || dir.isBlank() ? home.resolve("plugins") : Path.of(dir);
    }

    /** How packages are opened on a server with that home. */
    public PackageSource packages(Path home, Clock clock) {
        return new PackageSource(home.resolve("trust"), folder(home), mode(), clock);
    }

    TrustMode mode() {
        return TrustMode.of(trust);
    }
}
