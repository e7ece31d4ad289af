package dev.objectos.runtime.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataSourceTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsTheFilesOfAFolderInOrderAndSkipsWhatIsHidden() throws IOException {
        write("z.object.yml", "a: 1");
        write("modules/b.object.yaml", "b: 1");
        write("i18n/de/x.json", "{}");
        write(".git/c.object.yml", "c: 1");
        write(".hidden.object.yml", "d: 1");
        write("README.md", "no");
        MetadataSource source = MetadataSource.directory(folder);
        assertThat(source.plugin()).isEqualTo("metadata");
        assertThat(source.files()).extracting(MetadataFile::path).containsExactly("i18n/de/x.json",
                "modules/b.object.yaml", "z.object.yml");
        assertThat(new String(source.files().getLast().content(), StandardCharsets.UTF_8)).isEqualTo("a: 1");
    }

    @Test
    void followsLinksButNotInCirclesNorOutOfAPlugin() throws IOException {
        write("releases/5/objects/a.object.yml", "a: 1");
        Path current = Files.createSymbolicLink(folder.resolve("current"), folder.resolve("releases/5"));
        write("shared/b.object.yml", "b: 1");
        Files.createSymbolicLink(current.resolve("shared"), folder.resolve("shared"));
        Files.createSymbolicLink(folder.resolve("shared/up"), folder.resolve("releases"));
        Files.createSymbolicLink(folder.resolve("releases/5/gone.object.yml"), folder.resolve("nowhere"));
        assertThat(MetadataSource.directory(current).files()).extracting(MetadataFile::path)
                .containsExactly("objects/a.object.yml", "shared/b.object.yml");
        assertThat(MetadataSource.directory("crm", folder.resolve("releases/5")).files())
                .extracting(MetadataFile::path).containsExactly("objects/a.object.yml");
    }

    @Test
    void readsNoMoreOfALargeFileThanItTakesToRefuseIt() throws IOException {
        write("large.object.yml", "x".repeat(3_000_000));
        assertThat(MetadataSource.directory(folder).files()).singleElement()
                .satisfies(file -> assertThat(file.content()).hasSize(MetadataFile.MAX_BYTES + 1));
    }

    @Test
    void findsTheFilesOfAPluginInAJarAndInAFolder() throws IOException {
        Path jar = folder.resolve("crm.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String path : new String[]{"objects/lead.object.yml", "permissions/lead.permission.yml",
                    "META-INF/objectos/plugin.yml", "dev/Crm.class", "i18n/de/lead.json", "a b.view.yml"}) {
                out.putNextEntry(new JarEntry(path));
                out.write("{}".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(MetadataSource.at("crm", URI.create("jar:" + jar.toUri() + "!/").toURL()).files())
                .extracting(MetadataFile::path).containsExactly("a b.view.yml", "i18n/de/lead.json",
                        "objects/lead.object.yml", "permissions/lead.permission.yml");
        write("plugin/objects/lead.object.yml", "{}");
        assertThat(MetadataSource.at("crm", folder.resolve("plugin").toUri().toURL()).files())
                .extracting(MetadataFile::path).containsExactly("objects/lead.object.yml");
    }

    @Test
    void findsTheFilesBesideAClass() {
        assertThat(MetadataSource.of("runtime", MetadataSource.class).files()).extracting(MetadataFile::path)
                .contains("objects/user.object.yml");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
