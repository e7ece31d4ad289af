package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Manifests for tests, written as their authors write them. */
public final class TestingManifests {

    private TestingManifests() {}

    /** A manifest that must be right. */
    public static PluginManifest manifest(String yaml) {
        ManifestReading reading = read(yaml);
        return Objects.requireNonNull(reading.manifest(), reading::errors);
    }

    /** A manifest of a package with the given (empty) files. */
    static ManifestReading read(String yaml, String... paths) {
        List<MetadataFile> files = Stream.of(paths).map(path -> new MetadataFile(path, "label: x\n".getBytes(
                StandardCharsets.UTF_8))).toList();
        return ManifestReader.read("plugin.yml", yaml.getBytes(StandardCharsets.UTF_8),
                () -> new MetadataSource("test", files));
    }
}
