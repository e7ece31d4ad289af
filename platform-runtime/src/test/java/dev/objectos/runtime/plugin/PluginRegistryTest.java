package dev.objectos.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.PluginSummary;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PluginRegistryTest {

    private static final String MANIFEST = "META-INF/objectos/plugin.yml";
    private static final String BASE = "id: acme-base\nname: Base\nversion: 1.2.0\npublisher: Acme\n";
    private static final String CRM = "id: acme-crm\nversion: 2.0.0\ndependencies: {acme-base: ^1.0.0}\n";
    private static final String APP = "id: acme-app\nversion: 1.0.0\ndependencies: {acme-crm: '*'}\n";

    @TempDir
    private Path folder;

    private final List<String> calls = new ArrayList<>();

    @Test
    void findsPluginsInFoldersAndJars() throws IOException {
        PluginRegistry registry = discover(folder("app", APP), jar("crm", CRM), folder("base", BASE));
        assertThat(registry.plugins()).extracting(PluginDescriptor::id).containsExactly("acme-base", "acme-crm",
                "acme-app");
        assertThat(registry.plugin("acme-crm").orElseThrow().root().toString()).startsWith("jar:file:")
                .endsWith("crm.jar!/");
        assertThat(registry.plugin("acme-base").orElseThrow().root()).isEqualTo(folder.resolve("base").toUri());
        assertThat(registry.plugin("other")).isEmpty();
        assertThat(registry.summaries()).first()
                .extracting(PluginSummary::id, PluginSummary::name, PluginSummary::version, PluginSummary::publisher,
                        PluginSummary::state, PluginSummary::builtIn)
                .containsExactly("acme-base", "Base", "1.2.0", "Acme", "LOADED", true);
        assertThat(registry.summaries().get(1).dependencies()).containsEntry("acme-base", "^1.0.0");
    }

    @Test
    void startsInTheOrderOfDependenciesAndStopsInReverse() throws IOException {
        PluginRegistry registry = discover(folder("app", APP), folder("crm", CRM), folder("base", BASE));
        List<PlatformPlugin> code = List.of(new Recording("acme-app"), new Recording("acme-base"));
        registry.enable(code);
        assertThat(registry.plugins()).extracting(PluginDescriptor::state).containsOnly(PluginState.ENABLED);
        registry.disable(code);
        assertThat(calls).containsExactly("+acme-base", "+acme-app", "-acme-app", "-acme-base");
        assertThat(registry.summaries()).extracting(PluginSummary::state).containsOnly("DISABLED");
    }

    @Test
    void startsTheOthersWhereOneFails() throws IOException {
        PluginRegistry registry = discover(folder("crm", CRM), folder("base", BASE), folder("app", APP));
        registry.enable(List.of(new Failing("acme-crm"), new Recording("acme-app")));
        assertThat(registry.summaries()).extracting(PluginSummary::state).containsExactly("ENABLED", "FAILED",
                "ENABLED");
        assertThat(calls).containsExactly("+acme-app");
    }

    @Test
    void stopsTheOthersWhereOneFailsToStop() throws IOException {
        PluginRegistry registry = discover(folder("crm", CRM), folder("base", BASE));
        registry.disable(List.of(new Failing("acme-crm"), new Recording("acme-base")));
        assertThat(calls).containsExactly("-acme-base");
        assertThat(registry.summaries()).extracting(PluginSummary::state).containsOnly("DISABLED");
    }

    @Test
    void startsTheOthersWhereAManifestIsWrong() throws IOException {
        PluginRegistry registry = discover(folder("wrong", "id: acme\ntier: gold\n"), folder("base", BASE));
        assertThat(registry.plugins()).extracting(PluginDescriptor::id).containsExactly("acme-base");
        assertThat(registry.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.origin()).endsWith("/wrong/");
            assertThat(refused.reason()).contains("plugin.yml:1:1: error: a plugin needs 'version'")
                    .contains("'tier' does not know 'gold'");
        });
    }

    @Test
    void leavesOutWhoeverNeedsWhatIsNotThere() throws IOException {
        PluginRegistry registry = discover(folder("app", APP), folder("crm", CRM.replace("acme-base", "other")),
                folder("base", BASE));
        var app = new Recording("acme-app");
        registry.enable(List.of(app));
        assertThat(calls).isEmpty();
        assertThat(registry.plugin("acme-app")).isEmpty();
        assertThat(registry.refused()).extracting(RefusedPlugin::reason).containsExactly(
                "Plugin acme-app needs acme-crm, which cannot start: acme-crm needs other ^1.0.0, which is not installed",
                "Plugin acme-crm needs other ^1.0.0, which is not installed");
        assertThat(registry.summaries()).extracting(PluginSummary::id, PluginSummary::state).containsExactly(
                tuple("acme-base", "ENABLED"), tuple("acme-app", "FAILED"), tuple("acme-crm", "FAILED"));
    }

    @Test
    void looksForWhatAPluginSaysThatItProvides() throws IOException {
        PluginRegistry registry = discover(folder("base", BASE + "provides: {objects: [points]}\n"));
        assertThat(registry.refused()).singleElement().extracting(RefusedPlugin::reason).asString()
                .contains("the package provides no object 'points'");
    }

    @Test
    void leavesOutWhatTheProfileDoesNotHaveUnlessItIsSwitchedOn() throws IOException {
        URL[] all = {folder("base", BASE + "profiles: [full, cloud]\n"), folder("crm", CRM), folder("app", APP)};
        PluginRegistry lite = discover(selection(Map.of("OBJECTOS_PROFILE", "lite")), all);
        assertThat(lite.plugins()).isEmpty();
        assertThat(lite.summaries()).extracting(PluginSummary::id, PluginSummary::state, PluginSummary::reason)
                .containsExactly(tuple("acme-base", "DISABLED", "not part of the profile lite"),
                        tuple("acme-app", "FAILED",
                                "Plugin acme-app needs acme-crm, which cannot start: acme-crm needs acme-base ^1.0.0, "
                                        + "which is not installed"),
                        tuple("acme-crm", "FAILED", "Plugin acme-crm needs acme-base ^1.0.0, which is not installed "
                                + "(acme-base is not part of the profile lite)"));
        assertThat(discover(
                selection(Map.of("OBJECTOS_PROFILE", "lite", "OBJECTOS_PLUGINS_ACMEBASE_ENABLED", "true")), all)
                .plugins()).hasSize(3);
        assertThat(discover(selection(Map.of("OBJECTOS_PROFILE", "Full")), all).plugins()).hasSize(3);
        assertThat(discover(selection(Map.of()), all).plugins()).as("where nothing is said").hasSize(3);
    }

    @Test
    void leavesOutWhatIsSwitchedOff() throws IOException {
        PluginRegistry registry = discover(selection(Map.of("OBJECTOS_PLUGINS_ACMEBASE_ENABLED", "false")),
                folder("base", BASE));
        assertThat(registry.leftOut()).extracting(PluginDescriptor::id).containsExactly("acme-base");
        assertThat(registry.refused()).isEmpty();
        assertThat(registry.summaries()).extracting(PluginSummary::reason)
                .containsExactly("switched off by objectos.plugins.acme-base.enabled");
    }

    @Test
    void whatAdministratorsSwitchCountsAtTheNextStartUnlessASettingSaysOtherwise() throws IOException {
        URL base = folder("base", BASE);
        PluginSwitches switches = PluginSwitches.in(folder);
        PluginRegistry running = discover(selection(Map.of("OBJECTOS_HOME", folder.toString())), base);
        assertThat(running.summary("acme-base").orElseThrow().switches()).isEmpty();
        switches.follow(Map.of("acme-base", false));
        assertThat(running.plugins()).hasSize(1);
        assertThat(running.summary("acme-base").orElseThrow().switches()).isEqualTo(PluginSummary.AT_NEXT_START);

        PluginRegistry next = discover(selection(Map.of("OBJECTOS_HOME", folder.toString())), base);
        assertThat(next.plugins()).isEmpty();
        assertThat(next.summary("acme-base").orElseThrow()).satisfies(off -> {
            assertThat(off.reason()).isEqualTo("switched off by an administrator");
            assertThat(off.switches()).isEmpty();
            assertThat(off.fixed()).isEmpty();
        });
        PluginRegistry set = discover(selection(
                Map.of("OBJECTOS_HOME", folder.toString(), "OBJECTOS_PLUGINS_ACMEBASE_ENABLED", "true")), base);
        assertThat(set.plugins()).hasSize(1);
        assertThat(set.summary("acme-base").orElseThrow().fixed()).contains("objectos.plugins.acme-base.enabled");
    }

    @Test
    void whatWasSwitchedOnAnyNodeCountsForOneThatStarts() throws IOException {
        URL base = folder("base", BASE);
        DatabaseProperties address = TestingDatabase.address("plugin_switches");
        Map<String, Object> variables = Map.of("OBJECTOS_HOME", folder.resolve("new-node").toString(),
                "OBJECTOS_DATABASE_URL", String.valueOf(address.url()), "OBJECTOS_DATABASE_USER",
                String.valueOf(address.user()), "OBJECTOS_DATABASE_PASSWORD", String.valueOf(address.password()));
        try (Databases databases = TestingDatabase.fresh("plugin_switches")) {
            assertThat(discover(selection(variables), base).plugins()).hasSize(1);
            TestingDatabase.execute(databases,
                    "INSERT INTO platform.plugin_switch VALUES ('acme-base', false, NULL, now())");
            assertThat(discover(selection(variables), base).leftOut()).extracting(PluginDescriptor::id)
                    .containsExactly("acme-base");
        }
        // Where the database does not answer a node goes by what it knew last.
        var without = new HashMap<>(variables);
        without.put("OBJECTOS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nowhere");
        assertThat(discover(selection(without), base).leftOut()).hasSize(1);
    }

    @Test
    void namesWhatIsOffOfWhatAPluginNeeds() throws IOException {
        PluginRegistry registry = discover(selection(Map.of("OBJECTOS_PLUGINS_ACMEBASE_ENABLED", "false")),
                folder("base", BASE), folder("app", "id: acme-app\nversion: 1.0.0\ndependencies: {acme-base: '*'}\n"));
        assertThat(registry.offAmongNeedsOf("acme-app")).containsExactly("acme-base");
        assertThat(registry.offAmongNeedsOf("acme-base")).isEmpty();
    }

    private static PluginSelection selection(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        variables));
        return PluginSelection.of(environment);
    }

    private PluginRegistry discover(URL... entries) throws IOException {
        return discover(PluginSelection.ALL, entries);
    }

    private static PluginRegistry discover(PluginSelection selection, URL... entries) throws IOException {
        try (var loader = new URLClassLoader(entries, null)) {
            return PluginRegistry.discover(loader, selection);
        }
    }

    private URL folder(String name, String manifest) throws IOException {
        Path root = folder.resolve(name);
        Path file = root.resolve(MANIFEST);
        Files.createDirectories(file.getParent());
        Files.writeString(file, manifest);
        return root.toUri().toURL();
    }

    private URL jar(String name, String manifest) throws IOException {
        Path file = folder.resolve(name + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry(MANIFEST));
            jar.write(manifest.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return file.toUri().toURL();
    }

    /** Writes down when it is started and stopped. */
    private final class Recording implements PlatformPlugin {

        private final String id;

        Recording(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void onEnable() {
            calls.add("+" + id);
        }

        @Override
        public void onDisable() {
            calls.add("-" + id);
        }
    }

    /** Can neither start nor stop. */
    private record Failing(String id) implements PlatformPlugin {

        @Override
        public void onEnable() {
            throw new IllegalStateException("no start");
        }

        @Override
        public void onDisable() {
            throw new IllegalStateException("no stop");
        }
    }
}
