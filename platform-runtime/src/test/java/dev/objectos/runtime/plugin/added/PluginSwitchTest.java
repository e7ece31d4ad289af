package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSelection;
import dev.objectos.runtime.plugin.RefusedPlugin;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.spi.PluginSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Plugins that come with the server are switched off: for all nodes, with those that need them, from the next start on. */
class PluginSwitchTest {

    private static final Map<String, String> BUILT_IN = Map.of("acme-base", "", "acme-crm",
            "dependencies: {acme-base: ^1.0.0}\n", "acme-app", "dependencies: {acme-crm: '*'}\n", "acme-other", "");

    @TempDir
    private Path folder;

    private DatabaseProperties database = TestingDatabase.address("plugin_cascade");

    @BeforeEach
    void install() throws IOException {
        database = TestingDatabase.empty("plugin_cascade");
        for (Map.Entry<String, String> plugin : BUILT_IN.entrySet()) {
            Path manifest = folder.resolve(plugin.getKey()).resolve("META-INF/objectos/plugin.yml");
            Files.createDirectories(manifest.getParent());
            Files.writeString(manifest,
                    "id: " + plugin.getKey() + "\nversion: 1.0.0\ntier: business\n" + plugin.getValue());
        }
    }

    private PluginRegistry registry(Path home, String... settings) {
        var environment = new StandardEnvironment();
        var values = new HashMap<String, Object>(Map.of("objectos.home", home.toString(),
                "objectos.database.url", String.valueOf(database.url()), "objectos.database.user",
                String.valueOf(database.user()), "objectos.database.password", String.valueOf(database.password())));
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("test", values));
        URL[] roots = BUILT_IN.keySet().stream().map(this::root).toArray(URL[]::new);
        try (var loader = new URLClassLoader(roots, null)) {
            return PluginRegistry.discover(loader, PluginSelection.of(environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URL root(String plugin) {
        try {
            return folder.resolve(plugin).toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void node(String name, Consumer<TestingNode> use, String... settings) {
        Path home = folder.resolve(name);
        TestingNode.run(new ApplicationContextRunner().withBean(PluginRegistry.class, () -> registry(home, settings)),
                database, home, use);
    }

    private static List<String> following(TestingNode node) {
        return node.plugins().summaries().stream().filter(plugin -> !plugin.switches().isEmpty())
                .map(PluginSummary::id).sorted().toList();
    }

    private static PlatformException refusal(TestingNode node, String id, boolean cascade) {
        return catchThrowableOfType(PlatformException.class,
                () -> node.plugins().disable(id, cascade, TestingNode.ADMINISTRATOR));
    }

    @Test
    void thoseThatNeedASwitchedOffPluginGoWithItAndTheNextStartIsClean() {
        node("home", node -> {
            node.install(new TestingPlugin("acme-added", "1.0.0", "dependencies: {acme-crm: '*'}\n").object("letters",
                    ""));
            PlatformException shown = refusal(node, "acme-base", false);
            assertThat(shown.code()).isEqualTo(RuntimeError.PLUGIN_CONFLICT);
            assertThat(shown.members()).containsEntry("dependents", List.of("acme-app", "acme-added", "acme-crm"));
            assertThat(following(node)).as("nothing has happened yet").isEmpty();

            assertThat(node.plugins().disable("acme-base", true, TestingNode.ADMINISTRATOR))
                    .containsExactly("acme-app", "acme-added", "acme-crm", "acme-base");
            assertThat(following(node)).containsExactly("acme-app", "acme-base", "acme-crm");
            assertThat(node.summary("acme-crm").state()).as("until the next start").isEqualTo("ENABLED");
            assertThat(node.is("acme-added", "DISABLED")).isTrue();
        });
        PluginRegistry next = registry(folder.resolve("home"));
        assertThat(next.refused()).extracting(RefusedPlugin::reason).isEmpty();
        assertThat(next.summaries()).filteredOn(plugin -> !plugin.reason().isEmpty())
                .extracting(PluginSummary::state).containsOnly("DISABLED").hasSize(3);
        node("home", node -> {
            assertThat(node.is("acme-added", "DISABLED")).isTrue();
            assertThat(node.is("acme-other", "ENABLED")).isTrue();
            node.plugins().enable("acme-base", TestingNode.ADMINISTRATOR);
            node.plugins().enable("acme-crm", TestingNode.ADMINISTRATOR);
            assertThat(refusal(node, "acme-base", false).members()).as("on at the next start, though it is off now")
                    .containsEntry("dependents", List.of("acme-crm"));
        });
    }

    @Test
    void nothingIsSwitchedOffWhereASettingHoldsOneThatNeedsIt() {
        node("home", node -> {
            assertThat(refusal(node, "acme-base", true)).hasMessageContaining("acme-app")
                    .hasMessageContaining("objectos.plugins.acme-app.enabled");
            assertThat(following(node)).isEmpty();
        }, "objectos.plugins.acme-app.enabled=true");
    }

    @Test
    void aNodeThatRunsFollowsWhatWasSwitchedOnAnotherAtItsNextStart() {
        node("here", here -> node("there", there -> {
            here.plugins().disable("acme-crm", true, TestingNode.ADMINISTRATOR);
            TestingNode.await(() -> following(there).equals(List.of("acme-app", "acme-crm")));
            assertThat(there.is("acme-crm", "ENABLED")).isTrue();

            there.plugins().enable("acme-crm", TestingNode.ADMINISTRATOR);
            TestingNode.await(() -> following(here).equals(List.of("acme-app")));
        }));
        node("there", there -> {
            assertThat(there.is("acme-crm", "ENABLED")).isTrue();
            assertThat(there.is("acme-app", "DISABLED")).isTrue();
            assertThat(following(there)).isEmpty();
        });
    }
}
