package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What administrators set for added plugins. */
class PluginSettingsTest {

    private static final String SETTINGS = "objectos.plugins.acme-mail.settings.";

    @TempDir
    private Path home;

    private static TestingPlugin mail(String version, String more) {
        return TestingMember.of("acme-mail", version,
                "settings: {greeting: {required: true}, most-letters: {type: integer, default: 3, max: 9}" + more
                        + "}\n");
    }

    private static Binder changed(String greeting, String most) {
        return new Binder(new MapConfigurationPropertySource(
                Map.of(SETTINGS + "greeting", greeting, SETTINGS + "most-letters", most)));
    }

    @Test
    void aPluginHasWhatItsManifestAllowsAndChangesCountAtOnce() {
        TestingNode.run(TestingDatabase.empty("plugin_settings"), home, node -> {
            node.install(mail("1.0.0", ""));
            assertThat(node.ask("acme-mail", "setting greeting")).isEqualTo("Hello");
            assertThat(node.ask("acme-mail", "count most-letters")).isEqualTo(3L);
            assertThatThrownBy(() -> node.ask("acme-mail", "count greeting")).hasMessageContaining("not a Long");
            assertThatThrownBy(() -> node.ask("acme-mail", "setting other")).hasMessageContaining("no setting 'other'");

            AddedSettings settings = node.context().getBean(AddedSettings.class);
            settings.apply(changed("Good day", "7"));
            assertThat(node.ask("acme-mail", "setting greeting")).isEqualTo("Good day");
            assertThat(node.ask("acme-mail", "count most-letters")).isEqualTo(7L);
            assertThatThrownBy(() -> settings.apply(changed("Bye", "10"))).isInstanceOf(PlatformException.class)
                    .hasMessageContaining(SETTINGS + "most-letters: 10 is more than 9");
            assertThat(node.ask("acme-mail", "setting greeting")).as("all or none").isEqualTo("Good day");

            assertThatThrownBy(() -> node.install(mail("1.1.0", ", host: {required: true}")))
                    .isInstanceOfSatisfying(PlatformException.class,
                            refused -> assertThat(refused.code()).isEqualTo(RuntimeError.INVALID_PLUGIN))
                    .hasMessageContaining(SETTINGS + "host must be set");
            assertThat(node.ask("acme-mail", "version")).isEqualTo("1.0.0");
            node.plugins().disable("acme-mail", false, TestingNode.ADMINISTRATOR);
            settings.apply(changed("Bye", "10"));
        }, SETTINGS + "greeting=Hello");
    }
}
