package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What added plugins measure is there for as long as they are. */
class PluginMetersTest {

    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.spi.PlatformPlugin;
            import io.micrometer.core.instrument.*;
            import java.lang.ref.WeakReference;
            import org.springframework.boot.autoconfigure.AutoConfiguration;

            @AutoConfiguration
            public class Measuring implements PlatformPlugin {
                private final double height = @HEIGHT@;
                public Measuring(MeterRegistry meters) {
                    System.getProperties().put("acme.loader", new WeakReference<>(getClass().getClassLoader()));
                    Gauge.builder("acme.height", () -> height).register(meters);
                    meters.counter("acme.starts").increment();
                }
                @Override public String id() { return "acme-measures"; }
                @Override public void onEnable() { if (height < 0) { throw new IllegalStateException("below the ground"); } }
            }
            """;

    @TempDir
    private Path home;

    private static TestingPlugin plugin(String version, int height) {
        return new TestingPlugin("acme-measures", version, "")
                .java(Map.of("com.acme.Measuring", CODE.replace("@HEIGHT@", String.valueOf(height))));
    }

    private static double height(MeterRegistry meters) {
        Gauge gauge = meters.find("acme.height").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void metersShowTheRunThatGoesOnAndLeaveWithThePlugin() {
        TestingNode.run(TestingDatabase.empty("plugin_meters"), home, node -> {
            MeterRegistry meters = node.context().getBean(MeterRegistry.class);
            node.install(plugin("1.0.0", 1));
            assertThat(height(meters)).isEqualTo(1);
            node.install(plugin("1.1.0", 2));
            assertThat(height(meters)).isEqualTo(2);
            assertThatThrownBy(() -> node.install(plugin("1.2.0", -1))).hasMessageContaining("below the ground");
            assertThat(height(meters)).isEqualTo(2);
            assertThat(meters.find("acme.starts").counter()).isNotNull();

            node.install(plugin("1.3.0", 3));
            var loader = (WeakReference<?>) System.getProperties().remove("acme.loader");
            node.plugins().uninstall("acme-measures", false, false, TestingNode.ADMINISTRATOR);
            assertThat(height(meters)).isNaN();
            assertThat(meters.find("acme.starts").counter()).isNull();
            TestingNode.await(() -> {
                System.gc();
                return loader.get() == null;
            });
        });
    }
}
