package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginRemoval;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Added plugins in a server without a web surface. */
@RunsBesideOthers
class PluginAutoConfigurationTest {

    private static final Session ADMINISTRATOR = Session.system(Session.DEFAULT_TENANT, Origin.REST);
    private static final String NEEDS_VISITS = "dependencies: {acme-visits: '^1.0.0'}\n";
    private static final Map<String, String> SHOUTING = Map.of("com.acme.Shouting",
            """
                    package com.acme;

                    import dev.objectos.runtime.spi.*;
                    import org.springframework.boot.autoconfigure.AutoConfiguration;
                    import org.springframework.context.annotation.Bean;

                    @AutoConfiguration
                    public class Shouting {
                        @Bean MutationInterceptor interceptor() {
                            return new MutationInterceptor() {
                                @Override public void before(MutationDraft draft) {
                                    if (draft.object().name().equals("visits") && draft.written().contains("name")) {
                                        draft.set("name", String.valueOf(draft.value("name")).toUpperCase(java.util.Locale.ROOT));
                                    }
                                }
                            };
                        }
                    }
                    """);

    @TempDir
    private Path home;

    @Test
    void aPluginComesAndGoesWithItsObjectsAndItsCode() {
        TestingPlugin.trust(home);
        server(TestingDatabase.empty("plugins_autoconfigured"), "false", context -> {
            PluginAdministration plugins = context.getBean(PluginAdministration.class);
            Records records = context.getBean(Records.class);

            assertThat(plugins.install("visits.jar", visits("1.0.0").java(SHOUTING).signed(), ADMINISTRATOR).state())
                    .isEqualTo("ENABLED");
            assertThat(create(records, "visits", "quiet").json().toString()).contains("QUIET");
            plugins.install("rooms.zip", new TestingPlugin("acme-rooms", "1.0.0", NEEDS_VISITS)
                    .object("rooms", "  visit: {type: lookup, reference_to: visits}\n").signed(), ADMINISTRATOR);
            refused(() -> plugins.disable("acme-visits", false, ADMINISTRATOR), RuntimeError.PLUGIN_CONFLICT,
                    "acme-rooms");

            PluginRemoval removal = plugins.removal("acme-visits", ADMINISTRATOR);
            assertThat(removal.objects()).containsExactly(new PluginRemoval.Objects("visits", "visits", 1));
            assertThat(removal.dependents()).containsExactly("acme-rooms");

            assertThat(plugins.disable("acme-visits", true, ADMINISTRATOR)).containsExactly("acme-rooms",
                    "acme-visits");
            refused(() -> create(records, "visits", "too late"), RuntimeError.OBJECT_NOT_FOUND, "visits");
            plugins.enable("acme-visits", ADMINISTRATOR);
            create(records, "visits", "again");
            plugins.uninstall("acme-rooms", false, false, ADMINISTRATOR);
            plugins.uninstall("acme-visits", false, true, ADMINISTRATOR);
            refused(() -> plugins.enable("acme-visits", ADMINISTRATOR), RuntimeError.RESOURCE_NOT_FOUND, "acme-visits");
            assertThat(context.getBean(Catalogs.class).current().objects())
                    .noneMatch(object -> object.name().equals("visits"));
        });
    }

    @Test
    void whatCannotRunLeavesTheOldVersionServing() {
        TestingPlugin.trust(home);
        server(TestingDatabase.empty("plugins_upgraded"), "false", context -> {
            PluginAdministration plugins = context.getBean(PluginAdministration.class);
            Records records = context.getBean(Records.class);
            plugins.install("visits.zip", visits("1.0.0").signed(), ADMINISTRATOR);

            refused(() -> plugins.install("visits.zip", visits("1.1.0").unsigned(), ADMINISTRATOR),
                    RuntimeError.UNTRUSTED_PLUGIN, "signed");
            refused(() -> plugins.install("visits.zip",
                    visits("1.1.0").object("broken", "  a: {type: nonsense}\n").signed(),
                    ADMINISTRATOR), RuntimeError.INVALID_METADATA, "nonsense");
            refused(() -> plugins.install("rooms.zip", new TestingPlugin("acme-rooms", "1.0.0",
                    "dependencies: {acme-absent: '*'}\n").signed(), ADMINISTRATOR), RuntimeError.INVALID_PLUGIN,
                    "acme-absent");
            create(records, "visits", "still here");

            assertThat(plugins.install("visits.zip", visits("1.2.0").object("guests", "").signed(), ADMINISTRATOR)
                    .version())
                    .isEqualTo("1.2.0");
            create(records, "guests", "new");
        });
    }

    @Test
    void addedPluginsAreBackAfterARestartAndStayOutInSafeMode() {
        TestingPlugin.trust(home);
        DatabaseProperties database = TestingDatabase.empty("plugins_restarted");
        server(database, "false", context -> {
            context.getBean(PluginAdministration.class).install("visits.jar", visits("1.0.0").java(SHOUTING).signed(),
                    ADMINISTRATOR);
            create(context.getBean(Records.class), "visits", "first");
        });
        server(database, "true", context -> {
            refused(() -> create(context.getBean(Records.class), "visits", "safe"), RuntimeError.OBJECT_NOT_FOUND,
                    "visits");
            assertThatThrownBy(
                    () -> context.getBean(PluginAdministration.class).enable("acme-visits", ADMINISTRATOR))
                    .isInstanceOf(PlatformException.class).hasMessageContaining("afe mode");
        });
        server(database, "false", context -> assertThat(
                create(context.getBean(Records.class), "visits", "second").json().toString()).contains("SECOND"));
    }

    private static TestingPlugin visits(String version) {
        return new TestingPlugin("acme-visits", version, "").object("visits", "");
    }

    private static RecordDocument create(Records records, String object, String name) {
        return records.create(new Mutation.Create(object, Map.of("name", name)), ADMINISTRATOR);
    }

    private static void refused(ThrowingCallable step, RuntimeError code, String words) {
        assertThatThrownBy(step).isInstanceOf(PlatformException.class).hasMessageContaining(words)
                .extracting(thrown -> ((PlatformException) thrown).code()).isEqualTo(code);
    }

    private void server(DatabaseProperties database, String safe, Consumer<ApplicationContext> use) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DatabaseAutoConfiguration.class, RuntimeAutoConfiguration.class,
                                EventAutoConfiguration.class, ServiceAutoConfiguration.class,
                                StorageAutoConfiguration.class, CacheAutoConfiguration.class,
                                ActionAutoConfiguration.class, CoordinationAutoConfiguration.class,
                                PluginAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("objectos.home=" + home, "objectos.database.url=" + database.url(),
                        "objectos.database.user=" + database.user(),
                        "objectos.database.password=" + database.password(),
                        "objectos.database.pools.app=2", "objectos.database.pools.worker=3", "objectos.safe=" + safe)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    use.accept(context);
                });
    }
}
