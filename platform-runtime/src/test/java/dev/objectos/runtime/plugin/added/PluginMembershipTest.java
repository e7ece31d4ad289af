package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceGoneException;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceQuery;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What added plugins are handed, and that each run of one has its own part of it. */
class PluginMembershipTest {

    private static final String USES_MAIL = ", needs: {acme-mail.door: ^1.0.0}";

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

    private static TestingPlugin mail(String version) {
        return TestingMember.of("acme-mail", version, "limits: {storage: 3MB}\n");
    }

    private static TestingPlugin shop() {
        return TestingMember.of("acme-shop", "1.0.0", "1.0.0", USES_MAIL, "");
    }

    @Test
    void aPluginHasItsOwnStorageCachesAndBusUntilItGoes() {
        TestingNode.run(TestingDatabase.empty("plugin_parts"), home, node -> {
            node.install(mail("1.0.0"));
            assertThat(node.ask("acme-mail", "put greeting hello")).isEqualTo("hello");
            assertThat(node.ask("acme-mail", "get greeting")).isEqualTo("hello");
            assertThat(node.ask("acme-mail", "quota")).isEqualTo(String.valueOf(3 << 20));
            assertThat(node.ask("acme-mail", "cached name")).isEqualTo("of 1.0.0");

            EventBus bus = node.context().getBean(EventBus.class);
            int others = bus.statistics().subscriptions() - 1;
            bus.publish("word");
            TestingNode.await(() -> told.contains("acme-mail 1.0.0 heard word"));
            node.plugins().disable("acme-mail", false, TestingNode.ADMINISTRATOR);
            assertThat(bus.statistics().subscriptions()).isEqualTo(others);

            node.plugins().enable("acme-mail", TestingNode.ADMINISTRATOR);
            assertThat(node.ask("acme-mail", "get greeting")).isEqualTo("hello");
            node.plugins().uninstall("acme-mail", false, true, TestingNode.ADMINISTRATOR);
            node.install(mail("1.0.0"));
            assertThat(node.ask("acme-mail", "get greeting")).isEqualTo("nothing");
        });
    }

    @Test
    void anUpgradeTakesItsUsersAlongAndTheOldRunTakesNothingOfTheNewOne() {
        TestingNode.run(TestingDatabase.empty("plugin_overlap"), home, node -> {
            node.install(mail("1.0.0"));
            node.install(shop());
            assertThat(node.ask("acme-shop", "hold acme-mail.door")).isEqualTo("acme-mail");
            assertThat(node.ask("acme-shop", "use acme-mail.door")).isEqualTo("1.0.0");
            node.ask("acme-mail", "cached name");

            node.install(mail("1.1.0"));
            assertThat(node.ask("acme-shop", "use acme-mail.door")).isEqualTo("1.1.0");
            assertThat(node.ask("acme-mail", "cached name")).isEqualTo("of 1.1.0");
            told.clear();
            node.context().getBean(EventBus.class).publish("after");
            TestingNode.await(() -> told.contains("acme-mail 1.1.0 heard after"));
            assertThat(told).doesNotContain("acme-mail 1.0.0 heard after");
            assertThat(node.context().getBean(ServiceDirectory.class).discover(ServiceQuery.of("acme-mail.door", "*")))
                    .hasSize(1);

            System.setProperty(TestingMember.FAIL, "1.2.0 onEnable");
            assertThatThrownBy(() -> node.install(mail("1.2.0"))).hasMessageContaining("not today");
            assertThat(node.ask("acme-shop", "use acme-mail.door")).isEqualTo("1.1.0");
            assertThat(node.ask("acme-mail", "cached name")).isEqualTo("of 1.1.0");
        });
    }

    @Test
    void whoUsesAServiceThatIsGoneIsToldSo() {
        TestingNode.run(TestingDatabase.empty("plugin_gone"), home, node -> {
            node.install(mail("1.0.0"));
            node.install(TestingMember.of("acme-shop", "1.0.0", "1.0.0",
                    ", needs: {acme-mail.door: {version: ^1.0.0, optional: true}}", ""));
            node.ask("acme-shop", "hold acme-mail.door");
            node.plugins().disable("acme-mail", false, TestingNode.ADMINISTRATOR);
            assertThatThrownBy(() -> node.ask("acme-shop", "use acme-mail.door"))
                    .isInstanceOf(ServiceGoneException.class).hasMessageContaining("acme-mail");
        });
    }

    @Test
    void aPluginWaitsForACapabilityAndStartsOnceItIsThere() {
        TestingNode.run(TestingDatabase.empty("plugin_waits"), home, node -> {
            assertThat(node.install(shop()).state()).isEqualTo("WAITING");
            assertThat(node.summary("acme-shop").reason())
                    .contains("acme-shop needs the capability acme-mail.door ^1.0.0, which nobody offers");
            node.install(mail("1.0.0"));
            assertThat(node.summary("acme-shop").state()).isEqualTo("ENABLED");
            assertThat(node.ask("acme-shop", "hold acme-mail.door")).isEqualTo("acme-mail");
            assertThatThrownBy(() -> node.plugins().disable("acme-mail", false, TestingNode.ADMINISTRATOR))
                    .hasMessageContaining("needed by acme-shop");

            node.install(TestingMember.of("acme-bell", "1.0.0", "1.0.0", ", needs: {runtime.bell: ^2.0.0}", ""));
            assertThat(node.summary("acme-bell").state()).isEqualTo("WAITING");
            node.context().getBean(ServiceDirectory.class).of("runtime")
                    .offer(ServiceKey.of(Function.class, "runtime.bell", "2.1.0"), Function.identity());
            TestingNode.await(() -> node.is("acme-bell", "ENABLED"));
        });
    }

    @Test
    void aPluginOffersAndUsesWhatItsManifestSays() {
        TestingNode.run(TestingDatabase.empty("plugin_declares"), home, node -> {
            node.install(mail("1.0.0"));
            assertThatThrownBy(() -> node.ask("acme-mail", "offer other.thing"))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("capabilities.offers");
            assertThatThrownBy(() -> node.ask("acme-mail", "hold other.thing"))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("capabilities.needs");
        });
    }

    @Test
    void aPluginTouchesItsOwnObjectsAndThoseThatItsManifestNames() {
        TestingNode.run(TestingDatabase.empty("plugin_reach"), home, node -> {
            node.install(mail("1.0.0").object("letters", "  to: {type: lookup, reference_to: user}\n"));
            assertThat(node.ask("acme-mail", "create letters hello")).asString().hasSize(36);
            assertThat(node.ask("acme-mail", "read letters")).isEqualTo("read");
            assertThatThrownBy(() -> node.ask("acme-mail", "read user")).isInstanceOf(PlatformException.class)
                    .hasMessageContaining("acme-mail may not read records of user")
                    .extracting(thrown -> ((PlatformException) thrown).code())
                    .isEqualTo(RuntimeError.PERMISSION_DENIED);
            assertThatThrownBy(() -> node.ask("acme-mail", "create user ada")).isInstanceOf(PlatformException.class)
                    .hasMessageContaining("may not create");
        });
    }
}
