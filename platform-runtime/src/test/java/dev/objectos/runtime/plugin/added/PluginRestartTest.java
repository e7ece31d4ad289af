package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.Records;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that fail while they run, or when the server starts. */
class PluginRestartTest {

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

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

    private static TestingPlugin plugin() {
        return TestingMember.of("acme-frail", "1.0.0", "").object("letters", "");
    }

    private long times(String what) {
        return told.stream().filter(("acme-frail 1.0.0 " + what)::equals).count();
    }

    @Test
    void aPluginWhoseProbeIsDownIsStartedAgain() {
        TestingNode.run(TestingDatabase.empty("restart_sick"), home, node -> {
            node.install(plugin());
            assertThat(node.context().getBean(Health.class).probes()).anySatisfy(probe -> {
                assertThat(probe.name()).isEqualTo("acme-frail.probe");
                assertThat(probe.owner()).isEqualTo("acme-frail");
                assertThat(probe.critical()).isFalse();
            });
            node.ask("acme-frail", "sick");
            TestingNode.await(() -> times("onEnable") == 2 && node.is("acme-frail", "ENABLED"));
            assertThat(times("onDisable")).isEqualTo(1);
            assertThat(times("onInstall")).isEqualTo(1);
            create(node);
        });
    }

    @Test
    void aPluginWhoseContextIsDeadIsStartedAgain() {
        TestingNode.run(TestingDatabase.empty("restart_dead"), home, node -> {
            node.install(plugin());
            node.ask("acme-frail", "die");
            TestingNode.await(() -> times("onEnable") == 2 && node.is("acme-frail", "ENABLED"));
            assertThat(node.ask("acme-frail", "version")).isEqualTo("1.0.0");
        });
    }

    @Test
    void aPluginThatDoesNotComeRightIsGivenUpAfterFiveTriesWithItsCause() {
        TestingNode.run(TestingDatabase.empty("restart_given_up"), home, node -> {
            node.install(plugin());
            node.install(TestingMember.of("acme-user", "1.0.0", "1.0.0", ", needs: {acme-frail.door: ^1.0.0}", ""));
            System.setProperty(TestingMember.FAIL, "1.0.0 onEnable");
            node.ask("acme-frail", "sick");
            TestingNode.await(() -> node.is("acme-frail", "FAILED") && node.context().getBean(Catalogs.class).current()
                    .object("letters").isEmpty());
            assertThat(node.summary("acme-frail").reason()).contains("not today");
            assertThat(times("onEnable")).isEqualTo(6);
            assertThat(node.summary("acme-user").state()).isEqualTo("WAITING");
            assertThat(node.summary("acme-user").reason()).contains("acme-frail");
            assertThatThrownBy(() -> create(node)).isInstanceOf(PlatformException.class)
                    .extracting(thrown -> ((PlatformException) thrown).code())
                    .isEqualTo(RuntimeError.OBJECT_NOT_FOUND);

            System.clearProperty(TestingMember.FAIL);
            node.plugins().enable("acme-frail", TestingNode.ADMINISTRATOR);
            assertThat(node.summary("acme-user").state()).isEqualTo("ENABLED");
            create(node);
        });
    }

    @Test
    void nothingIsWrittenToTheObjectsOfAPluginThatIsAboutToBeStartedAgain() {
        TestingNode.run(TestingDatabase.empty("restart_guarded"), home, node -> {
            node.install(plugin());
            node.ask("acme-frail", "sick");
            TestingNode.await(() -> node.is("acme-frail", "RESTARTING"));
            assertThatThrownBy(() -> create(node)).isInstanceOf(PlatformException.class)
                    .hasMessageContaining("started again").extracting(thrown -> ((PlatformException) thrown).code())
                    .isEqualTo(RuntimeError.UNAVAILABLE);
            node.plugins().enable("acme-frail", TestingNode.ADMINISTRATOR);
            create(node);
        }, "objectos.plugins.restart.first=60s", "objectos.plugins.restart.longest=60s");
    }

    @Test
    void aPluginThatFailsWhenTheServerStartsIsTriedAgainAndKeepsNobodyElseOut() {
        var database = TestingDatabase.empty("restart_boot");
        TestingNode.run(database, home, node -> {
            node.install(plugin());
            node.install(TestingMember.of("acme-user", "1.0.0", ""));
        });
        System.setProperty(TestingMember.FAIL, "onLoad");
        told.clear();
        TestingNode.run(database, home, node -> {
            assertThat(node.summary("acme-frail").state()).isEqualTo("RESTARTING");
            System.clearProperty(TestingMember.FAIL);
            TestingNode.await(() -> node.is("acme-frail", "ENABLED") && node.is("acme-user", "ENABLED"));
        }, "objectos.plugins.restart.first=500ms", "objectos.plugins.restart.longest=500ms");
    }

    private static void create(TestingNode node) {
        node.context().getBean(Records.class).create(new Mutation.Create("letters", Map.of("name", "a")), SYSTEM);
    }
}
