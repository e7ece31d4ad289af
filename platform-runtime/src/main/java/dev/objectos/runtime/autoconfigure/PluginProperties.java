package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.plugin.trust.TrustMode;
import java.nio.file.Path;
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

    /** @param dir {@code OBJECTOS_PLUGINS_DIR}: packages that are taken in at the start; default: {@code plugins} in the home */
    public record Plugins(@Nullable String dir) {}

    Path folder(Path home) {
        String dir = plugins.dir();
        return dir == null || dir.isBlank() ? home.resolve("plugins") : Path.of(dir);
    }

    TrustMode mode() {
        return TrustMode.of(trust);
    }
}
