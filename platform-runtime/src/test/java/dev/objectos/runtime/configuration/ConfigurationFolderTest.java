package dev.objectos.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Written;
import dev.objectos.runtime.spi.ConfigurationFiles.ConfigurationFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of settings that belong to one plugin, wherever they stand. */
final class ConfigurationFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private List<MetadataSource> plugins = List.of();
    private final List<List<ConfigurationFile>> told = new ArrayList<>();

    @Test
    void handsOverThePluginsFilesBeforeTheAdministratorsOwn() throws IOException {
        plugins = List.of(plugin("first", "config/auth.config.yml", "a: 1"),
                plugin("second", "other.config.yml", "a: 2"), plugin("third", "auth.config.yaml", "a: 3"));
        Files.writeString(home.resolve("auth.config.yml"), "a:\n  b: [x]\n");
        folder().follow("auth", told::add);
        assertThat(told.getFirst()).extracting(ConfigurationFile::label)
                .containsExactly("first!config/auth.config.yml", "third!auth.config.yaml", "auth.config.yml");
        assertThat(told.getFirst()).extracting(ConfigurationFile::ofAdministrator).containsExactly(false, false, true);
        var content = (Written.Mapping) told.getFirst().getLast().content();
        assertThat(content).isNotNull();
        Written.Member a = content.members().get("a");
        assertThat(a).isNotNull();
        assertThat(a.key().toString()).isEqualTo("auth.config.yml:1:1");
        assertThat(a.value().where().toString()).isEqualTo("auth.config.yml:2:3");
    }

    @Test
    void tellsAgainOnlyOfWhatHasChanged() throws IOException {
        ConfigurationFolder folder = folder();
        folder.follow("auth", told::add);
        assertThat(told).containsExactly(List.of());
        folder.look();
        assertThat(told).hasSize(1);
        Files.writeString(home.resolve("auth.config.yml"), "a: 1\n");
        folder.look();
        folder.look();
        assertThat(told).hasSize(2);
        plugins = List.of(plugin("added", "auth.config.yml", "a: 2"));
        folder.look();
        assertThat(told.getLast()).hasSize(2);
        Files.delete(home.resolve("auth.config.yml"));
        folder.look();
        assertThat(told.getLast()).hasSize(1);
    }

    @Test
    void saysWhatIsNoYaml() throws IOException {
        Files.writeString(home.resolve("auth.config.yml"), "a: [1\n");
        folder().follow("auth", told::add);
        ConfigurationFile file = told.getFirst().getFirst();
        assertThat(file.content()).isNull();
        assertThat(file.violations()).singleElement()
                .satisfies(found -> assertThat(found.toString()).startsWith("auth.config.yml:2:1: error"));
    }

    private ConfigurationFolder folder() {
        return new ConfigurationFolder(() -> plugins, home);
    }

    private static MetadataSource plugin(String id, String path, String content) {
        return new MetadataSource(id, List.of(new MetadataFile(path, content.getBytes(StandardCharsets.UTF_8))));
    }
}
