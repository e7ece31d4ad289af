package dev.objectos.runtime.metadata.publish;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metadata comes from beside the plugins ({@code objectos.metadata}).
 *
 * @param dirs {@code OBJECTOS_METADATA_DIRS}: folders of YAML, separated like a class path
 * @param watch whether a saved file is checked and published without a restart
 * @param quiet how long a folder must rest before it is read again, so that one save is one publish
 */
@ConfigurationProperties("objectos.metadata")
public record MetadataProperties(@DefaultValue("") String dirs, @DefaultValue("true") boolean watch,
        @DefaultValue("250ms") Duration quiet) {

    /** The folders, in the order in which they add to each other. */
    public List<Path> folders() {
        return Arrays.stream(dirs.split(java.util.regex.Pattern.quote(File.pathSeparator))).map(String::strip)
                .filter(folder -> !folder.isEmpty()).map(Path::of).toList();
    }
}
