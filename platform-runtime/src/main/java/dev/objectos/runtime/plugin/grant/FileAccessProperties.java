package dev.objectos.runtime.plugin.grant;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the files of plugins are ({@code objectos.plugins.files}).
 *
 * @param folder holds a folder for each plugin; null: {@code plugin-files} in the home
 * @param largest the largest file that a plugin writes
 */
@ConfigurationProperties("objectos.plugins.files")
public record FileAccessProperties(@Nullable Path folder, @DefaultValue("100MB") DataSize largest) {

    public FileAccessProperties {
        if (largest.isNegative()) {
            throw new IllegalArgumentException("objectos.plugins.files.largest must not be negative");
        }
    }

    /** The one of a plugin. */
    Path folderOf(String plugin, Path home) {
        return (folder == null ? home.resolve("plugin-files") : folder).resolve(plugin).toAbsolutePath().normalize();
    }

    /** Whether other nodes may write there too: what is in the home is this node's own. */
    boolean mayBeShared() {
        return folder != null;
    }
}
