package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginAccess;
import dev.objectos.runtime.spi.PluginApproval;
import dev.objectos.runtime.spi.PluginSummary;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plugins ask for beyond their own, and that they wait until somebody lets them have it. */
class PluginApprovalTest {

    private static final String READS_USERS = "permissions: {objects: {users: [read]}, network: [api.acme.example]}\n";
    private static final String WRITES_USERS = "permissions: {objects: {user: [read, create]}, "
            + "network: [api.acme.example]}\n";

    @TempDir
    private Path home;

    private static TestingPlugin plugin(String version, String permissions) {
        return TestingMember.of("acme-asks", version, permissions).object("letters", "");
    }

    private static PluginSummary approve(TestingNode node) {
        return node.plugins().approve("acme-asks", null, TestingNode.ADMINISTRATOR);
    }

    @Test
    void aPluginThatAsksForSomethingWaitsUntilItIsApproved() {
        TestingNode.run(TestingDatabase.empty("approval_waits"), home, node -> {
            PluginSummary installed = node.install(plugin("1.0.0", READS_USERS));
            assertThat(installed.state()).isEqualTo("AWAITING_APPROVAL");
            assertThat(installed.reason()).contains("approve");
            assertThat(installed.access().asks().network()).containsExactly("api.acme.example");
            assertThat(node.plugins().enable("acme-asks", TestingNode.ADMINISTRATOR).state())
                    .isEqualTo("AWAITING_APPROVAL");
            assertThatThrownBy(() -> node.plugins().approve("acme-asks", "2.0.0", TestingNode.ADMINISTRATOR))
                    .isInstanceOf(PlatformException.class).hasMessageContaining("1.0.0");

            PluginSummary approved = approve(node);
            assertThat(approved.state()).isEqualTo("ENABLED");
            PluginApproval approval = Objects.requireNonNull(approved.access().approval());
            assertThat(approval.by()).isEqualTo(TestingNode.ADA);
            assertThat(approval.version()).isEqualTo("1.0.0");
            assertThat(approval.permissions().objects()).containsEntry("users", Set.of("read"));
            assertThat(node.ask("acme-asks", "read user")).isEqualTo("read");
            assertThatThrownBy(() -> node.ask("acme-asks", "create user ada")).hasMessageContaining("may not create");
        });
    }

    @Test
    void onlyPlatformAdministratorsApprove() {
        TestingNode.run(TestingDatabase.empty("approval_who"), home, node -> {
            node.install(plugin("1.0.0", READS_USERS));
            Session ada = TestingNode.ADMINISTRATOR;
            var member = new Session(ada.tenant(), ada.user(), Set.of(), false, ada.locale(), ada.zone(), ada.origin());
            assertThatThrownBy(() -> node.plugins().approve("acme-asks", null, member))
                    .hasMessageContaining("platform administrators");
            assertThat(node.summary("acme-asks").state()).isEqualTo("AWAITING_APPROVAL");
        });
    }

    @Test
    void aVersionThatAsksForMoreWaitsWhileTheOldOneGoesOn() {
        DatabaseProperties database = TestingDatabase.empty("approval_more");
        TestingNode.run(database, home, node -> {
            node.install(plugin("1.0.0", READS_USERS));
            approve(node);
            assertThat(node.install(plugin("1.1.0", READS_USERS)).version()).isEqualTo("1.1.0");
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.1.0");
            node.install(plugin("1.2.0", ""));
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.2.0");
            node.install(plugin("1.3.0", READS_USERS));

            PluginSummary held = node.install(plugin("2.0.0", WRITES_USERS));
            assertThat(held.state()).isEqualTo("ENABLED");
            assertThat(held.version()).isEqualTo("1.3.0");
            PluginAccess.Pending pending = Objects.requireNonNull(held.access().pending());
            assertThat(pending.version()).isEqualTo("2.0.0");
            assertThat(pending.asks().objects()).containsEntry("user", Set.of("read", "create"));
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.3.0");
        });
        TestingNode.run(database, home, node -> {
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.3.0");
            assertThat(approve(node).version()).isEqualTo("2.0.0");
            assertThat(node.summary("acme-asks").access().pending()).isNull();
            assertThat(node.ask("acme-asks", "create user ada")).asString().hasSize(36);
        });
    }

    @Test
    void nobodyIsAskedAboutAPluginsOwnObjectsOrWhereItAsksForNothing() {
        TestingNode.run(TestingDatabase.empty("approval_own"), home, node -> {
            assertThat(node.install(plugin("1.0.0", "permissions: {objects: {letters: [read, create]}}\n")).state())
                    .isEqualTo("ENABLED");
            assertThat(approve(node).access().approval()).isNull();
        });
    }

    @Test
    void noCodeRunsOfWhatNobodyHasApproved() {
        var told = new ConcurrentLinkedQueue<String>();
        System.getProperties().put(TestingMember.TOLD, told);
        try {
            TestingNode.run(TestingDatabase.empty("approval_code"), home, node -> {
                node.install(plugin("1.0.0", READS_USERS));
                node.plugins().uninstall("acme-asks", false, false, TestingNode.ADMINISTRATOR);
                node.install(plugin("1.0.0", READS_USERS));
                node.install(plugin("1.1.0", READS_USERS));
                assertThat(told).isEmpty();
                approve(node);
                assertThat(told).containsExactly("acme-asks 1.1.0 onLoad", "acme-asks 1.1.0 onInstall",
                        "acme-asks 1.1.0 onEnable");
            });
        } finally {
            System.getProperties().remove(TestingMember.TOLD);
        }
    }

    @Test
    void aPluginThatWasRemovedAsksAgain() {
        TestingNode.run(TestingDatabase.empty("approval_again"), home, node -> {
            node.install(plugin("1.0.0", READS_USERS));
            approve(node);
            node.plugins().uninstall("acme-asks", false, false, TestingNode.ADMINISTRATOR);
            assertThat(node.install(plugin("1.0.0", READS_USERS)).state()).isEqualTo("AWAITING_APPROVAL");
        });
    }

    @Test
    void inDevelopmentNobodyIsAskedAndWhatIsNotAskedForIsRefusedAllTheSame() {
        DatabaseProperties database = TestingDatabase.empty("approval_development");
        TestingNode.run(database, home, node -> {
            assertThat(node.install(plugin("1.0.0", READS_USERS)).state()).isEqualTo("ENABLED");
            assertThatThrownBy(() -> node.ask("acme-asks", "create user ada")).hasMessageContaining("may not create");
        }, "objectos.trust=development");
        TestingNode.run(database, home,
                node -> assertThat(node.summary("acme-asks").state()).isEqualTo("AWAITING_APPROVAL"));
    }
}
