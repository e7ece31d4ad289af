package dev.objectos.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;

class PluginManifestReaderTest {

    @Test
    void readsWhatAPluginSaysOfItself() {
        PluginManifest manifest = read("""
                id: objectos-crm
                name: CRM
                version: 1.2.0
                description: Customers
                dependencies: {objectos-server: ^1.0.0}
                """);
        assertThat(manifest.id()).isEqualTo("objectos-crm");
        assertThat(manifest.version()).isEqualTo("1.2.0");
        assertThat(manifest.dependencies()).containsEntry("objectos-server", "^1.0.0");
    }

    @Test
    void saysWhatIsMissingAndWhere() {
        assertThatThrownBy(() -> read("name: CRM\n")).isInstanceOf(InvalidPluginException.class)
                .hasMessageContaining("acme.jar").hasMessageContaining("'id' is missing");
    }

    @Test
    void refusesAnIdThatWouldNotFitInAPath() {
        assertThatThrownBy(() -> read("id: ../evil\nversion: 1.0.0\n")).hasMessageContaining("'../evil'");
    }

    @Test
    void refusesAVersionThatIsNone() {
        assertThatThrownBy(() -> read("id: crm\nversion: one\n")).hasMessageContaining("'one' must have the form");
    }

    @Test
    void refusesTextThatIsNoYaml() {
        assertThatThrownBy(() -> read("\tid: [")).isInstanceOf(InvalidPluginException.class);
    }

    @Test
    void refusesDependenciesThatAreNoMap() {
        assertThatThrownBy(() -> read("id: crm\nversion: 1.0.0\ndependencies: [a]\n"))
                .hasMessageContaining("dependencies must be a map");
    }

    private static PluginManifest read(String yaml) {
        return new PluginManifestReader()
                .read(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "acme.jar"));
    }
}
