package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginAccess;
import dev.objectos.runtime.spi.PluginApproval;
import dev.objectos.runtime.spi.PluginSecretAdministration;
import dev.objectos.runtime.spi.PluginSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What plugins ask for beyond their own, and that they wait until somebody lets them have it. */
class PluginApprovalTest {

    private static final String READS_USERS = "permissions: {objects: {users: [read]}, network: [api.acme.example]}\n";
    private static final String WRITES_USERS = "permissions: {objects: {user: [read, create]}, "
            + "network: [api.acme.example]}\n";

    @RegisterExtension
    private final TestingTold told = new TestingTold();

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
    void whatWasApprovedBeforeThereWerePortsStillCounts() {
        DatabaseProperties database = TestingDatabase.empty("approval_older");
        TestingNode.run(database, home, node -> {
            node.install(plugin("1.0.0", READS_USERS));
            approve(node);
            new JdbcTemplate(node.context().getBean(Databases.class).owner())
                    .execute("UPDATE platform.plugin_approval SET permissions = permissions - 'ports'");
        });
        TestingNode.run(database, home, node -> {
            assertThat(node.summary("acme-asks").state()).isEqualTo("ENABLED");
            assertThat(node.install(plugin("1.1.0", READS_USERS.replace("}\n", ", ports: 7007}\n"))).access().pending())
                    .isNotNull();
        });
    }

    @Test
    void whatIsApprovedBindsTheWaysOutOfThePlugin() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        web.start();
        int port = web.getAddress().getPort();
        TestingNode.run(TestingDatabase.empty("approval_grants"), home, node -> {
            node.install(plugin("1.0.0", "permissions: {network: ['127.0.0.1:" + port
                    + "'], files: [reports/], secrets: [ACME_KEY]}\n"));
            approve(node);
            assertThat(node.ask("acme-asks", "fetch http://127.0.0.1:" + port + "/")).isEqualTo("hello");
            assertThatThrownBy(() -> node.ask("acme-asks", "fetch http://localhost:" + port + "/"))
                    .hasMessageContaining("permissions.network").hasMessageContaining("'localhost:" + port + "'");
            assertThat(node.ask("acme-asks", "write reports/a.txt text")).isEqualTo("reports/a.txt");
            assertThat(home.resolve("plugin-files/acme-asks/reports/a.txt")).hasContent("text");
            assertThatThrownBy(() -> node.ask("acme-asks", "write letters/a.txt text"))
                    .hasMessageContaining("permissions.files");

            PluginSecretAdministration secrets = node.context().getBean(PluginSecretAdministration.class);
            assertThatThrownBy(() -> node.ask("acme-asks", "secret ACME_KEY"))
                    .hasMessageContaining("./objectos plugin secret acme-asks ACME_KEY");
            assertThatThrownBy(() -> node.ask("acme-asks", "secret OTHER")).hasMessageContaining("permissions.secrets");
            assertThatThrownBy(() -> secrets.set("acme-asks", "OTHER", "x", TestingNode.ADMINISTRATOR))
                    .hasMessageContaining("ACME_KEY");
            secrets.set("acme-asks", "ACME_KEY", "s3cret", TestingNode.ADMINISTRATOR);
            assertThat(node.ask("acme-asks", "secret ACME_KEY")).isEqualTo("s3cret");
            assertThat(secrets.secrets("acme-asks", TestingNode.ADMINISTRATOR))
                    .singleElement().satisfies(secret -> assertThat(secret.setBy()).isEqualTo(TestingNode.ADA));
            assertThat(new JdbcTemplate(node.context().getBean(Databases.class).worker())
                    .queryForObject("SELECT sealed FROM platform.plugin_secret", String.class)).startsWith("$aes-gcm$");

            node.plugins().uninstall("acme-asks", false, true, TestingNode.ADMINISTRATOR);
            assertThat(home.resolve("plugin-files/acme-asks")).doesNotExist();
            assertThatThrownBy(() -> secrets.secrets("acme-asks", TestingNode.ADMINISTRATOR))
                    .hasMessageContaining("no added plugin");
            node.install(plugin("1.0.0", "permissions: {secrets: [ACME_KEY]}\n"));
            approve(node);
            assertThatThrownBy(() -> node.ask("acme-asks", "secret ACME_KEY")).hasMessageContaining("is not set");
        });
        web.stop(0);
    }

    @Test
    void anOlderVersionIsTakenOnlyWhereThatIsSaid() {
        TestingNode.run(TestingDatabase.empty("approval_older"), home, node -> {
            node.install(plugin("1.10.0", ""));
            assertThatThrownBy(() -> node.install(plugin("1.9.0", "")))
                    .isInstanceOfSatisfying(PlatformException.class,
                            refused -> assertThat(refused.code()).isEqualTo(RuntimeError.PLUGIN_CONFLICT))
                    .hasMessageContaining("1.10.0").hasMessageContaining("1.9.0").hasMessageContaining("downgrade");
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.10.0");
            node.plugins().install("plugin.jar", plugin("1.9.0", "").signed(), true, TestingNode.ADMINISTRATOR);
            assertThat(node.ask("acme-asks", "version")).isEqualTo("1.9.0");
            assertThat(told.lines()).contains("acme-asks 1.9.0 onUpgrade from 1.10.0");
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
        TestingNode.run(TestingDatabase.empty("approval_code"), home, node -> {
            node.install(plugin("1.0.0", READS_USERS));
            node.plugins().uninstall("acme-asks", false, false, TestingNode.ADMINISTRATOR);
            node.install(plugin("1.0.0", READS_USERS));
            node.install(plugin("1.1.0", READS_USERS));
            assertThat(told.lines()).isEmpty();
            approve(node);
            assertThat(told.lines()).containsExactly("acme-asks 1.1.0 onLoad", "acme-asks 1.1.0 onInstall",
                    "acme-asks 1.1.0 onEnable");
        });
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
