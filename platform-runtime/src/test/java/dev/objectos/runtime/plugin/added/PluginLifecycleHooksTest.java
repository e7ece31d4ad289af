package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of one plugin before and after steps of others. */
class PluginLifecycleHooksTest {

    /** Refuses what the property {@code acme.refuse} names, such as {@code DISABLE acme-base}. */
    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.*;
            import dev.objectos.runtime.spi.*;
            import java.util.*;
            import java.util.concurrent.CountDownLatch;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Policy {
                @Bean LifecycleHook second() { return hook("second", 2); }
                @Bean LifecycleHook first() { return hook("first", 1); }
                private static LifecycleHook hook(String name, int order) {
                    return new LifecycleHook() {
                        @Override public String name() { return "acme-policy." + name; }
                        @Override public Set<Step> steps() { return EnumSet.allOf(Step.class); }
                        @Override public int order() { return order; }
                        @Override public void before(Step step, String plugin, String version) throws Exception {
                            told(name + " before " + step + " " + plugin + " " + version);
                            String refused = System.getProperty("acme.fail", "");
                            if (refused.equals(step + " " + plugin)) {
                                throw new PlatformException(RuntimeError.VETOED, "not in business hours");
                            }
                            if (refused.equals("hang " + step)) {
                                new CountDownLatch(1).await();
                            }
                        }
                        @Override public void after(Step step, String plugin, String version) {
                            told(name + " after " + step + " " + plugin + " " + version);
                            throw new IllegalStateException("too late");
                        }
                    };
                }
                @SuppressWarnings("unchecked") private static void told(String what) {
                    ((Collection<String>) System.getProperties().get("acme.told")).add(what);
                }
            }
            """;

    @RegisterExtension
    private final TestingTold told = new TestingTold();

    @TempDir
    private Path home;

    private static TestingPlugin policy() {
        return new TestingPlugin("acme-policy", "1.0.0", "limits: {handlerTime: 300ms}\n")
                .java(Map.of("com.acme.Policy", CODE));
    }

    private static TestingPlugin base(String version) {
        return new TestingPlugin("acme-base", version, "").object("letters", "");
    }

    private static RuntimeError refusal(ThrowingCallable step) {
        return (RuntimeError) catchThrowableOfType(PlatformException.class, step).code();
    }

    private static void refuse(String what) {
        System.setProperty(TestingMember.FAIL, what);
    }

    @Test
    void theyAreAskedInTheirOrderAndToldOfEachStepOfOthers() {
        TestingNode.run(TestingDatabase.empty("lifecycle_hooks"), home, node -> {
            node.install(policy());
            node.install(base("1.0.0"));
            node.install(base("1.1.0"));
            node.plugins().disable("acme-base", false, TestingNode.ADMINISTRATOR);
            node.plugins().uninstall("acme-base", false, false, TestingNode.ADMINISTRATOR);
            node.plugins().disable("acme-policy", false, TestingNode.ADMINISTRATOR);
            assertThat(told.lines()).containsExactly("first before ENABLE acme-base 1.0.0",
                    "second before ENABLE acme-base 1.0.0", "first after ENABLE acme-base 1.0.0",
                    "second after ENABLE acme-base 1.0.0", "first before ENABLE acme-base 1.1.0",
                    "second before ENABLE acme-base 1.1.0", "first after ENABLE acme-base 1.1.0",
                    "second after ENABLE acme-base 1.1.0", "first before DISABLE acme-base 1.1.0",
                    "second before DISABLE acme-base 1.1.0", "first after DISABLE acme-base 1.1.0",
                    "second after DISABLE acme-base 1.1.0", "first before UNINSTALL acme-base 1.1.0",
                    "second before UNINSTALL acme-base 1.1.0", "first after UNINSTALL acme-base 1.1.0",
                    "second after UNINSTALL acme-base 1.1.0");
        });
    }

    @Test
    void whatOneRefusesDoesNotHappenUntilItsPluginIsDisabled() {
        TestingNode.run(TestingDatabase.empty("lifecycle_vetoes"), home, node -> {
            node.install(policy());
            node.install(base("1.0.0"));
            refuse("ENABLE acme-base");
            assertThat(refusal(() -> node.install(base("1.1.0")))).isEqualTo(RuntimeError.VETOED);
            assertThat(node.summary("acme-base").version()).isEqualTo("1.0.0");
            refuse("DISABLE acme-base");
            assertThat(refusal(() -> node.plugins().disable("acme-base", false, TestingNode.ADMINISTRATOR)))
                    .isEqualTo(RuntimeError.VETOED);
            refuse("hang DISABLE");
            assertThat(refusal(() -> node.plugins().disable("acme-base", false, TestingNode.ADMINISTRATOR)))
                    .isEqualTo(RuntimeError.PLUGIN_TIMEOUT);
            refuse("UNINSTALL acme-base");
            assertThat(refusal(
                    () -> node.plugins().uninstall("acme-base", false, false, TestingNode.ADMINISTRATOR)))
                    .isEqualTo(RuntimeError.VETOED);
            assertThat(node.is("acme-base", "ENABLED")).isTrue();

            node.plugins().disable("acme-policy", false, TestingNode.ADMINISTRATOR);
            node.plugins().uninstall("acme-base", false, false, TestingNode.ADMINISTRATOR);
            assertThat(node.has("acme-base")).isFalse();
        });
    }

    @Test
    void atTheStartOfTheServerARefusedPluginStaysOutWithTheReason() {
        var database = TestingDatabase.empty("lifecycle_start");
        TestingNode.run(database, home, node -> {
            node.install(policy());
            node.install(new TestingPlugin("acme-base", "1.0.0", "dependencies: {acme-policy: '*'}\n"));
        });
        refuse("ENABLE acme-base");
        TestingNode.run(database, home, node -> {
            TestingNode.await(() -> node.is("acme-base", "FAILED"));
            assertThat(node.summary("acme-base").reason()).contains("not in business hours");
            assertThat(node.is("acme-policy", "ENABLED")).isTrue();
        });
    }
}
