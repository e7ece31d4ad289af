package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.PluginRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataLayersTest {

    private static final String FILE = "objects/deals.object.yml";

    @TempDir
    private Path folder;

    @Test
    void readsPluginsBeforeFolders() throws IOException {
        write("plugin/META-INF/objectos/plugin.yml", "id: acme-crm\nversion: 1.0.0\n");
        write("plugin/" + FILE, "fields: {}\n");
        write("own/" + FILE, "fields: {}\n");
        var urls = new URL[]{folder.resolve("plugin").toUri().toURL()};
        try (var loader = new URLClassLoader(urls, null)) {
            var layers = new MetadataLayers(PluginRegistry.discover(loader), List.of(folder.resolve("own")));
            assertThat(layers.get()).extracting(MetadataSource::plugin).containsExactly("acme-crm", "metadata");
            assertThat(paths(layers)).containsExactly(FILE, "own/" + FILE);
        }
    }

    @Test
    void readsFoldersAnewEachTime() throws IOException {
        write("own/" + FILE, "fields: {}\n");
        MetadataLayers layers = layers("own");
        assertThat(paths(layers)).containsExactly("own/" + FILE);
        write("own/objects/tasks.object.yml", "fields: {}\n");
        assertThat(paths(layers)).containsExactly("own/" + FILE, "own/objects/tasks.object.yml");
    }

    @Test
    void tellsFoldersOfOneNameApart() throws IOException {
        write("north/metadata/" + FILE, "fields: {}\n");
        write("south/metadata/" + FILE, "fields: {}\n");
        assertThat(paths(layers("north/metadata", "south/../south/metadata"))).containsExactly("north/metadata/" + FILE,
                "south/metadata/" + FILE);
    }

    @Test
    void saysWhichFolderCannotBeRead() {
        MetadataLayers layers = layers("nowhere");
        assertThatThrownBy(layers::get).isInstanceOf(UncheckedIOException.class).hasMessageContaining("nowhere");
    }

    @Test
    void takesFoldersApartLikeAClassPath() {
        var properties = new MetadataProperties(" a " + File.pathSeparator + File.pathSeparator + "b/c", true,
                Duration.ZERO);
        assertThat(properties.folders()).containsExactly(Path.of("a"), Path.of("b/c"));
        assertThat(new MetadataProperties("", true, Duration.ZERO).folders()).isEmpty();
    }

    private MetadataLayers layers(String... folders) {
        return new MetadataLayers(PluginRegistry.discover(new URLClassLoader(new URL[0], null)),
                List.of(folders).stream().map(folder::resolve).toList());
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<String> paths(MetadataLayers layers) {
        return layers.get().stream().flatMap(source -> source.files().stream()).map(MetadataFile::path).toList();
    }
}
