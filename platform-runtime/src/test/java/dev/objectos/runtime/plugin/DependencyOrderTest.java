package dev.objectos.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyOrderTest {

    @Test
    void putsEachPluginAfterThoseThatItNeeds() {
        List<PluginDescriptor> sorted = DependencyOrder.sort(List.of(plugin("a", "1.0.0", Map.of("c", "^1.0.0")),
                plugin("b", "1.0.0", Map.of()), plugin("c", "1.2.0", Map.of("b", ">=0.9.0"))));
        assertThat(sorted).extracting(PluginDescriptor::id).containsExactly("b", "c", "a");
    }

    @Test
    void namesThePairWhereADependencyIsMissing() {
        assertThatThrownBy(() -> DependencyOrder.sort(List.of(plugin("a", "1.0.0", Map.of("b", "^1.0.0")))))
                .hasMessage("Plugin a needs b ^1.0.0, which is not installed");
    }

    @Test
    void namesThePairWhereAVersionDoesNotFit() {
        assertThatThrownBy(() -> DependencyOrder
                .sort(List.of(plugin("a", "1.0.0", Map.of("b", "^2.0.0")), plugin("b", "1.9.9", Map.of()))))
                .hasMessage("Plugin a needs b ^2.0.0, but 1.9.9 is installed");
    }

    @Test
    void namesTheCircle() {
        assertThatThrownBy(() -> DependencyOrder
                .sort(List.of(plugin("a", "1.0.0", Map.of("b", "*")), plugin("b", "1.0.0", Map.of("a", "*")))))
                .hasMessage("Plugins depend on each other in a circle: a → b → a");
    }

    @Test
    void refusesTwoPluginsOfOneName() {
        assertThatThrownBy(() -> DependencyOrder
                .sort(List.of(plugin("a", "1.0.0", Map.of()), plugin("a", "1.0.1", Map.of()))))
                .hasMessageContaining("Two plugins are called a");
    }

    @ParameterizedTest
    @CsvSource({"^1.2.3,1.2.3,true", "^1.2.3,1.9.0,true", "^1.2.3,2.0.0,false", "^0.2.3,0.3.0,false",
            "^0.2.3,0.2.9,true", "^0.0.3,0.0.4,false", "~1.2.3,1.2.9,true", "~1.2.3,1.3.0,false", ">=1.2.3,9.0.0,true",
            ">=1.2.3,1.2.2,false", "1.2.3,1.2.3,true", "1.2.3,1.2.4,false", "*,0.0.1,true", "^1.0.0,1.0.0-rc.1,true"})
    void comparesVersionsByTheRulesOfSemver(String range, String version, boolean contained) {
        assertThat(VersionRange.parse(range).contains(version)).isEqualTo(contained);
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatThrownBy(() -> VersionRange.parse("latest")).hasMessageContaining("'latest' is no version");
    }

    private static PluginDescriptor plugin(String id, String version, Map<String, String> dependencies) {
        return new PluginDescriptor(new PluginManifest(id, id, version, "", "", dependencies),
                URI.create("file:/" + id + "-" + version + "/"), PluginState.LOADED);
    }
}
