package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.autoconfigure.SelectedPlugins;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSelection;
import dev.objectos.runtime.plugin.manifest.ManifestReader;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

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

    /** The table of docs/administrators.md. */
    @Test
    void eachProfileHasWhatTheSmallerOneHas() {
        assertThat(pluginsOf("embedded")).containsExactlyInAnyOrder("objectos-audit", "objectos-auth",
                "objectos-permissions", "objectos-server");
        assertThat(pluginsOf("lite")).containsAll(pluginsOf("embedded")).contains("objectos-automation",
                "objectos-workflow").doesNotContain("objectos-crm", "objectos-hrm");
        assertThat(pluginsOf("full")).containsAll(pluginsOf("lite")).contains("objectos-crm", "objectos-hrm");
        assertThat(pluginsOf("cloud")).containsAll(pluginsOf("full"))
                .hasSameSizeAs(REGISTRY.plugins());
    }

    private static List<String> pluginsOf(String profile) {
        return PluginRegistry.discover(BuiltInPluginsTest.class.getClassLoader(),
                PluginSelection.of(environment(Map.of("objectos.profile", profile)))).plugins().stream()
                .map(PluginDescriptor::id).toList();
    }

    private static StandardEnvironment environment(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return environment;
    }

    @Test
    void nothingOfAPluginThatIsOffIsWired() {
        var filter = new SelectedPlugins();
        filter.setBeanFactory(new DefaultListableBeanFactory());
        filter.setEnvironment(environment(Map.of("objectos.profile", "embedded", "objectos.plugins.objectos-hrm.enabled",
                "true", "objectos.plugins.objectos-permissions.enabled", "false")));
        String[] configurations = {"dev.objectos.crm.autoconfigure.CrmAutoConfiguration",
                "dev.objectos.hrm.autoconfigure.HrmAutoConfiguration",
                "dev.objectos.auth.autoconfigure.AuthAutoConfiguration",
                "dev.objectos.permissions.autoconfigure.PermissionsAutoConfiguration",
                "dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration"};
        assertThat(filter.match(configurations, null)).containsExactly(false, true, true, false, true);
    }
}
