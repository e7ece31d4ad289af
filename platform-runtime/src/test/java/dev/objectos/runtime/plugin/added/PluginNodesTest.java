package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.plugin.TestingPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over one database: what an administrator decides on one is so on the other a moment later. */
class PluginNodesTest {

    /** Promised are two seconds; the machine of a test may be busy. */
    private static final Duration SOON = Duration.ofSeconds(10);

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
    }

    private void nodes(String name, BiConsumer<TestingNode, TestingNode> use) {
        DatabaseProperties database = TestingDatabase.empty(name);
        TestingNode.run(database, home,
                here -> TestingNode.run(database, home, there -> use.accept(here, there)));
    }

    private static TestingPlugin plugin(String version, String more) {
        return TestingMember.of("acme-base", version, more).object("letters", "");
    }

    private static boolean knowsLetters(TestingNode node) {
        return node.context().getBean(Catalogs.class).current().object("letters").isPresent();
    }

    @Test
    void aPluginComesChangesAndGoesOnBothNodes() {
        nodes("nodes_follow", (here, there) -> {
            here.install(plugin("1.0.0", ""));
            TestingNode.await(SOON, () -> there.is("acme-base", "ENABLED") && knowsLetters(there));
            assertThat(there.ask("acme-base", "create letters a")).asString().hasSize(36);
            assertThat(told.stream().filter("acme-base 1.0.0 onInstall"::equals)).hasSize(1);

            there.install(plugin("1.1.0", ""));
            TestingNode.await(SOON, () -> here.summary("acme-base").version().equals("1.1.0"));
            assertThat(here.ask("acme-base", "version")).isEqualTo("1.1.0");
            assertThat(told.stream().filter("acme-base 1.1.0 onUpgrade from 1.0.0"::equals)).hasSize(1);

            here.plugins().disable("acme-base", false, TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> there.is("acme-base", "DISABLED") && !knowsLetters(there));
            there.plugins().enable("acme-base", TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> here.is("acme-base", "ENABLED") && knowsLetters(here));
            here.plugins().uninstall("acme-base", false, false, TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> !there.has("acme-base") && !knowsLetters(there));
        });
    }

    @Test
    void anApprovalCountsOnBothNodes() {
        nodes("nodes_approve", (here, there) -> {
            here.install(plugin("1.0.0", "permissions: {objects: {user: [read]}}\n"));
            TestingNode.await(SOON, () -> there.is("acme-base", "AWAITING_APPROVAL"));
            there.plugins().approve("acme-base", null, TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> here.is("acme-base", "ENABLED"));
            assertThat(here.ask("acme-base", "read user")).isEqualTo("read");

            here.install(plugin("2.0.0", "permissions: {objects: {user: [read, create]}}\n"));
            TestingNode.await(SOON, () -> there.summary("acme-base").access().pending() != null);
            assertThat(there.ask("acme-base", "version")).isEqualTo("1.0.0");
            here.plugins().approve("acme-base", "2.0.0", TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> there.summary("acme-base").version().equals("2.0.0"));
            assertThat(there.summary("acme-base").access().pending()).isNull();
        });
    }

    @Test
    void thoseThatNeedEachOtherFollowTogether() {
        nodes("nodes_together", (here, there) -> {
            here.install(TestingMember.of("acme-app", "1.0.0", "1.0.0", ", needs: {acme-base.door: ^1.0.0}", ""));
            TestingNode.await(SOON, () -> there.is("acme-app", "WAITING"));
            there.install(plugin("1.0.0", ""));
            TestingNode.await(SOON, () -> here.is("acme-app", "ENABLED") && there.is("acme-app", "ENABLED"));
            assertThat(told.stream().filter("acme-app 1.0.0 onInstall"::equals)).hasSize(1);
            assertThatThrownBy(() -> here.plugins().disable("acme-base", false, TestingNode.ADMINISTRATOR))
                    .hasMessageContaining("acme-app");
            here.plugins().disable("acme-base", true, TestingNode.ADMINISTRATOR);
            TestingNode.await(SOON, () -> there.is("acme-app", "DISABLED") && there.is("acme-base", "DISABLED"));
        });
    }
}
