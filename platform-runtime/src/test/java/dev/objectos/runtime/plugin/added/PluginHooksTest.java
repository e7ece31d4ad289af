package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks of a plugin's life: their order, their time, and what a refusal in them means. */
class PluginHooksTest {

    private final Collection<String> told = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path home;

    @BeforeEach
    void listen() {
        System.getProperties().put(TestingMember.TOLD, told);
    }

    @AfterEach
    void forget() {
        System.getProperties().remove(TestingMember.TOLD);
        System.clearProperty(TestingMember.FAIL);
    }

    private static TestingPlugin base(String version) {
        return TestingMember.of("acme-base", version, "").object("letters", "");
    }

    private static TestingPlugin app() {
        return TestingMember.of("acme-app", "1.0.0", "dependencies: {acme-base: '*'}\n");
    }

    @Test
    void allHooksAreCalledInTheirOrder() {
        TestingNode.run(TestingDatabase.empty("hooks_order"), home, node -> {
            node.install(base("1.0.0"));
            node.install(base("1.1.0"));
            node.plugins().uninstall("acme-base", false, false, TestingNode.ADMINISTRATOR);
        });
        assertThat(told).containsExactly("acme-base 1.0.0 onLoad", "acme-base 1.0.0 onInstall",
                "acme-base 1.0.0 onEnable", "acme-base 1.1.0 onLoad", "acme-base 1.1.0 onUpgrade from 1.0.0",
                "acme-base 1.1.0 onEnable", "acme-base 1.0.0 onDisable", "acme-base 1.1.0 onDisable",
                "acme-base 1.1.0 onUninstall");
    }

    @Test
    void aPluginThatCannotBeInstalledWasNeverThere() {
        TestingNode.run(TestingDatabase.empty("hooks_install"), home, node -> {
            for (String hook : new String[]{"onLoad", "onInstall", "onEnable"}) {
                System.setProperty(TestingMember.FAIL, hook);
                assertThatThrownBy(() -> node.install(base("1.0.0"))).as(hook).hasMessageContaining("not today");
                assertThat(node.has("acme-base")).as(hook).isFalse();
            }
            System.setProperty(TestingMember.FAIL, "");
            told.clear();
            node.install(base("1.0.0"));
            assertThat(told).contains("acme-base 1.0.0 onInstall");
        });
    }

    @Test
    void aPluginThatRefusesToBeDisabledGoesOnWithWhoeverNeedsIt() {
        TestingNode.run(TestingDatabase.empty("hooks_disable"), home, node -> {
            node.install(base("1.0.0"));
            node.install(app());
            System.setProperty(TestingMember.FAIL, "1.0.0 onDisable");
            assertThatThrownBy(() -> node.plugins().disable("acme-app", false, TestingNode.ADMINISTRATOR))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("The plugin acme-app refused to be disabled: not today")
                    .extracting(thrown -> ((PlatformException) thrown).code()).isEqualTo(RuntimeError.PLUGIN_CONFLICT);
            assertThat(node.is("acme-app", "ENABLED")).isTrue();
            assertThat(node.ask("acme-app", "version")).isEqualTo("1.0.0");

            System.clearProperty(TestingMember.FAIL);
            node.install(TestingMember.of("acme-base", "1.1.0", "").object("letters", ""));
            System.setProperty(TestingMember.FAIL, "1.1.0 onDisable");
            told.clear();
            assertThatThrownBy(() -> node.plugins().disable("acme-base", true, TestingNode.ADMINISTRATOR))
                    .hasMessageContaining("acme-base refused");
            assertThat(told).containsExactly("acme-app 1.0.0 onDisable", "acme-base 1.1.0 onDisable",
                    "acme-app 1.0.0 onEnable");
            assertThat(node.is("acme-app", "ENABLED") && node.is("acme-base", "ENABLED")).isTrue();
            assertThat(node.ask("acme-base", "create letters a")).asString().hasSize(36);
        });
    }

    @Test
    void aPluginThatRefusesToBeRemovedIsAsItWas() {
        TestingNode.run(TestingDatabase.empty("hooks_uninstall"), home, node -> {
            node.install(base("1.0.0"));
            System.setProperty(TestingMember.FAIL, "onUninstall");
            assertThatThrownBy(
                    () -> node.plugins().uninstall("acme-base", false, true, TestingNode.ADMINISTRATOR))
                    .isInstanceOf(PlatformException.class).hasMessageContaining("refused to be removed: not today");
            assertThat(node.is("acme-base", "ENABLED")).isTrue();
            assertThat(node.ask("acme-base", "create letters a")).asString().hasSize(36);
        });
    }

    @Test
    void aHookThatTakesTooLongHasFailed() {
        TestingNode.run(TestingDatabase.empty("hooks_time"), home, node -> {
            System.setProperty(TestingMember.FAIL, "hang onEnable");
            assertThatThrownBy(() -> node.install(base("1.0.0"))).isInstanceOf(PlatformException.class)
                    .hasMessageContaining("onEnable of acme-base took longer than 1000 ms");
            assertThat(node.has("acme-base")).isFalse();
            TestingNode.await(() -> told.contains("acme-base interrupted"));
        }, "objectos.plugins.hook-time=1s");
    }
}
