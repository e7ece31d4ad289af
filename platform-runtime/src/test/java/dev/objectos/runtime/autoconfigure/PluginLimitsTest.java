package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginLimitExceeded;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.plugin.added.AddedInterceptors;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Hooks of added plugins, and what becomes of plugins that go beyond their limits. */
@RunsBesideOthers
class PluginLimitsTest {

    private static final Session ADMINISTRATOR = Session.system(Session.DEFAULT_TENANT, Origin.REST);

    private static final String CONFIGURATION = """
            package com.acme;

            import dev.objectos.runtime.*;
            import dev.objectos.runtime.event.*;
            import dev.objectos.runtime.metadata.*;
            import dev.objectos.runtime.query.*;
            import dev.objectos.runtime.session.Session;
            import dev.objectos.runtime.spi.*;
            import java.util.*;
            import java.util.concurrent.CountDownLatch;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Configuration {
                @Bean RecordHook hook(Records records) {
                    return new RecordHook() {
                        @Override public String name() { return "acme-visits.rule"; }
                        @Override public Set<Point> points() { return Set.of(Point.BEFORE_INSERT, Point.BEFORE_FIND); }
                        @Override public Set<String> objects() { return Set.of("visits"); }
                        @Override public void beforeChange(MutationDraft draft) throws Exception {
                            switch (String.valueOf(draft.value("name"))) {
                                case "veto" -> throw new PlatformException(RuntimeError.VETOED, "Nobody visits today");
                                case "hang" -> new CountDownLatch(1).await();
                                case "read" -> records.query(Query.of("visits"), draft.session());
                                default -> { }
                            }
                        }
                        @Override public FindRestriction beforeFind(ObjectDefinition object, Viewer viewer) {
                            return new FindRestriction(new RowFilter.Where(new Predicate.Comparison(
                                    FieldPath.parse("name"), Operator.NE, new Operand.Literal("hidden"))), FieldMask.NONE);
                        }
                    };
                }
                @Bean MutationInterceptor interceptor() {
                    return new MutationInterceptor() {
                        @Override public void before(MutationDraft draft) {
                            if ("broken".equals(draft.value("name"))) {
                                throw new LinkageError("an old library");
                            }
                        }
                    };
                }
                @Bean EventSubscriber subscriber() {
                    return new EventSubscriber() {
                        @Override public String name() { return "acme-visits.heard"; }
                        @Override public void handle(RecordEvent event, Session session) {
                            heard(event.change().record());
                        }
                    };
                }
                @SuppressWarnings("unchecked") private static void heard(Object record) {
                    ((Collection<Object>) System.getProperties().get("acme.heard")).add(record);
                }
            }
            """;

    @TempDir
    private Path home;

    private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void trust() {
        TestingPlugin.trust(home);
        System.getProperties().put("acme.heard", heard);
    }

    @Test
    void hooksRefuseAndNarrowForAsLongAsTheirPluginRuns() {
        server("limits_hooks", context -> {
            PluginAdministration plugins = context.getBean(PluginAdministration.class);
            AddedInterceptors interceptors = context.getBean(AddedInterceptors.class);
            assertThat(interceptors.idle()).isTrue();
            install(plugins);
            assertThat(interceptors.idle()).isFalse();
            create(context, "fine");
            create(context, "read");
            create(context, "hidden");

            PlatformException veto = refusal(context, "veto");
            assertThat(veto.code()).isEqualTo(RuntimeError.VETOED);
            assertThat(veto.message()).isEqualTo("Nobody visits today");
            assertThat(refusal(context, "broken").code()).isEqualTo(RuntimeError.PLUGIN_FAILED);
            assertThat(visits(context)).contains("fine", "read").doesNotContain("hidden", "veto", "broken");
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("objectos.plugin.database").tag("plugin", "acme-visits").timer().count())
                    .isPositive();
            Eventually.await(() -> heard.size() == 3);
            Eventually.await(() -> meters.get("objectos.plugin.calls")
                    .tags("plugin", "acme-visits", "kind", "subscriber").timer()
                    .count() == 3);

            plugins.disable("acme-visits", false, ADMINISTRATOR);
            assertThat(interceptors.idle()).isTrue();
        });
    }

    @Test
    void aHangingHookFailsItsChangeAndHasItsPluginSuspended() {
        server("limits_suspended", context -> {
            PluginAdministration plugins = context.getBean(PluginAdministration.class);
            var told = new LinkedBlockingQueue<PluginLimitExceeded>();
            context.getBean(EventBus.class).subscribe(PluginLimitExceeded.class, told::add);
            install(plugins);
            create(context, "before");
            Eventually.await(() -> heard.size() == 1);
            assertThat(refusal(context, "hang").code()).isEqualTo(RuntimeError.PLUGIN_TIMEOUT);
            assertThat(refusal(context, "hang").message())
                    .isEqualTo("The hook acme-visits.rule before the create of visits took longer than 1000 ms");

            assertThat(refusal(context, "fine").code()).isEqualTo(RuntimeError.PLUGIN_SUSPENDED);
            assertThat(summary(plugins).state()).isEqualTo("ENABLED");
            assertThat(summary(plugins).reason()).startsWith("Suspended until ");
            assertThat(poll(told).measure()).isEqualTo("suspend");

            // By an administrator's hand it is over at once.
            plugins.disable("acme-visits", false, ADMINISTRATOR);
            plugins.enable("acme-visits", ADMINISTRATOR);
            create(context, "after");
            Eventually.await(() -> heard.size() == 2);
        }, "objectos.hooks.timeout=1s", "objectos.plugins.limits.violations=2", "objectos.plugins.limits.pause=1h");
    }

    @Test
    void isDisabledUntilAnAdministratorEnablesItWhereThatIsThePolicy() {
        server("limits_disabled", context -> {
            PluginAdministration plugins = context.getBean(PluginAdministration.class);
            install(plugins);
            assertThat(refusal(context, "hang").code()).isEqualTo(RuntimeError.PLUGIN_TIMEOUT);

            Eventually.await(() -> summary(plugins).state().equals("DISABLED") && !summary(plugins).reason().isEmpty());
            assertThat(summary(plugins).reason()).startsWith("Disabled: once within 60 s beyond its limits");
            assertThat(refusal(context, "fine").code()).isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
            assertThat(plugins.enable("acme-visits", ADMINISTRATOR).reason()).isEmpty();
            create(context, "fine");
        }, "objectos.hooks.timeout=1s", "objectos.plugins.limits.violations=1",
                "objectos.plugins.limits.policies.acme-visits=disable");
    }

    private static void install(PluginAdministration plugins) {
        plugins.install("visits.jar", new TestingPlugin("acme-visits", "1.0.0", "").object("visits", "")
                .java(Map.of("com.acme.Configuration", CONFIGURATION)).signed(), ADMINISTRATOR);
    }

    private static PluginSummary summary(PluginAdministration plugins) {
        return plugins.summaries().stream().filter(plugin -> plugin.id().equals("acme-visits")).findFirst()
                .orElseThrow();
    }

    private static void create(ApplicationContext context, String name) {
        context.getBean(Records.class).create(new Mutation.Create("visits", Map.of("name", name)), ADMINISTRATOR);
    }

    private static PlatformException refusal(ApplicationContext context, String name) {
        return TestingWrites.refusal(() -> create(context, name));
    }

    private static String visits(ApplicationContext context) {
        return context.getBean(Records.class).query(Query.of("visits"), ADMINISTRATOR).toString();
    }

    private static PluginLimitExceeded poll(LinkedBlockingQueue<PluginLimitExceeded> told) {
        try {
            return java.util.Objects.requireNonNull(told.poll(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void server(String database, Consumer<ApplicationContext> use, String... more) {
        DatabaseProperties empty = TestingDatabase.empty(database);
        List<String> settings = new ArrayList<>(List.of("objectos.home=" + home, "objectos.database.url=" + empty.url(),
                "objectos.database.user=" + empty.user(), "objectos.database.password=" + empty.password(),
                "objectos.database.pools.app=3", "objectos.database.pools.worker=4"));
        settings.addAll(List.of(more));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class,
                        RuntimeAutoConfiguration.class, EventAutoConfiguration.class, ServiceAutoConfiguration.class,
                        StorageAutoConfiguration.class, CacheAutoConfiguration.class,
                        ActionAutoConfiguration.class, CoordinationAutoConfiguration.class,
                        PluginAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(settings.toArray(String[]::new)).run(context -> {
                    assertThat(context).hasNotFailed();
                    use.accept(context);
                });
    }
}
