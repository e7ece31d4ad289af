package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.autoconfigure.ActionAutoConfiguration;
import dev.objectos.runtime.autoconfigure.CacheAutoConfiguration;
import dev.objectos.runtime.autoconfigure.CoordinationAutoConfiguration;
import dev.objectos.runtime.autoconfigure.DatabaseAutoConfiguration;
import dev.objectos.runtime.autoconfigure.EventAutoConfiguration;
import dev.objectos.runtime.autoconfigure.HealthAutoConfiguration;
import dev.objectos.runtime.autoconfigure.PluginAutoConfiguration;
import dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration;
import dev.objectos.runtime.autoconfigure.ServiceAutoConfiguration;
import dev.objectos.runtime.autoconfigure.StorageAutoConfiguration;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A server without a web surface over a real database; several of them over one database are several nodes. */
record TestingNode(ApplicationContext context) {

    static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-0000000000ad");

    /** Somebody rather than the system, so that it can be told who has decided. */
    static final Session ADMINISTRATOR = new Session(Session.DEFAULT_TENANT,
            new UserIdentity(ADA, "ada@acme.example", "Ada", "ada"), Set.of(), true, Locale.ENGLISH, ZoneOffset.UTC,
            Origin.REST);

    private static final Duration SOON = Duration.ofSeconds(20);

    /** @param settings as {@code name=value} */
    static void run(DatabaseProperties database, Path home, Consumer<TestingNode> use, String... settings) {
        run(new ApplicationContextRunner(), database, home, use, settings);
    }

    /** @param server with beans that are not those of every server */
    static void run(ApplicationContextRunner server, DatabaseProperties database, Path home,
            Consumer<TestingNode> use, String... settings) {
        TestingPlugin.trust(home);
        server
                .withConfiguration(
                        AutoConfigurations.of(DatabaseAutoConfiguration.class, RuntimeAutoConfiguration.class,
                                EventAutoConfiguration.class, ServiceAutoConfiguration.class,
                                StorageAutoConfiguration.class, CacheAutoConfiguration.class,
                                HealthAutoConfiguration.class, CoordinationAutoConfiguration.class,
                                ActionAutoConfiguration.class, PluginAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("objectos.home=" + home, "objectos.database.url=" + database.url(),
                        "objectos.database.user=" + database.user(),
                        "objectos.database.password=" + database.password(), "objectos.database.pools.app=2",
                        "objectos.database.pools.worker=3", "objectos.health.interval=50ms",
                        "objectos.health.failures=2", "objectos.plugins.restart.first=20ms",
                        "objectos.plugins.restart.longest=50ms")
                .withPropertyValues(settings).run(context -> {
                    assertThat(context).hasNotFailed();
                    use.accept(new TestingNode(context));
                });
    }

    PluginAdministration plugins() {
        return context.getBean(PluginAdministration.class);
    }

    PluginSummary install(TestingPlugin plugin) {
        return plugins().install("plugin.jar", plugin.signed(), ADMINISTRATOR);
    }

    PluginSummary summary(String id) {
        return plugins().summaries().stream().filter(plugin -> plugin.id().equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("there is no plugin " + id));
    }

    boolean has(String id) {
        return plugins().summaries().stream().anyMatch(plugin -> plugin.id().equals(id));
    }

    boolean is(String id, String state) {
        return has(id) && summary(id).state().equals(state);
    }

    Object ask(String id, String question) {
        return TestingMember.ask(context, id, question);
    }

    static void await(BooleanSupplier condition) {
        await(SOON, condition);
    }

    static void await(Duration limit, BooleanSupplier condition) {
        Eventually.await(condition, limit);
    }
}
