package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.manifest.ManifestReader;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At run time a bad built-in plugin merely stays out; here it ends the build. */
class BuiltInPluginsTest {

    private static final PluginRegistry REGISTRY = PluginRegistry.discover(BuiltInPluginsTest.class.getClassLoader());

    @Test
    void everyBuiltInPluginCanStart() {
        assertThat(REGISTRY.refused()).isEmpty();
        assertThat(REGISTRY.plugins()).extracting(PluginDescriptor::id).contains("objectos-audit", "objectos-auth",
                "objectos-automation", "objectos-crm", "objectos-hrm", "objectos-permissions", "objectos-server",
                "objectos-workflow");
    }

    @Test
    void noBuiltInManifestHasAnythingDoubtful() throws IOException {
        for (PluginDescriptor plugin : REGISTRY.plugins()) {
            URI manifest = URI.create(plugin.root() + PluginManifest.PATH);
            try (InputStream input = manifest.toURL().openStream()) {
                assertThat(ManifestReader.read(plugin.id(), input.readAllBytes(),
                        () -> new MetadataSource(plugin.id(), List.of())).violations()).isEmpty();
            }
            assertThat(plugin.manifest().about().publisher()).as(plugin.id()).isEqualTo("ObjectOS");
        }
    }
}
