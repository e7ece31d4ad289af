package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.server.TestingHttp.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints of added plugins within their plugins' limits. */
class AddedLimitsTests {

    private static final String CONFIGURATION = """
            package com.acme;

            import java.util.concurrent.CountDownLatch;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

            @AutoConfiguration
            public class Configuration {
                @Bean Slow slow() { return new Slow(); }

                @RestController
                public static class Slow {
                    @GetMapping("/thread") public String thread() {
                        return Thread.currentThread().getName() + " "
                                + ServletUriComponentsBuilder.fromCurrentRequest().build().getPath();
                    }
                    @GetMapping("/hangs") public String hangs() throws Exception {
                        new CountDownLatch(1).await();
                        return "never";
                    }
                }
            }
            """;

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() {
        TestingPlugin.trust(home);
        http = RealServer.start(home, TestingDatabase.empty("added_limits"),
                Map.of("objectos.plugins.limits.violations", "2", "objectos.plugins.limits.pause", "1h"));
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void requestsThatTakeTooLongAreRefusedAndTheirPluginIsSuspended() {
        Answer installed = http.upload("/api/plugins", "plugin.jar", new TestingPlugin("acme-slow", "1.0.0",
                "limits: {handlerTime: 1s}\n").java(Map.of("com.acme.Configuration", CONFIGURATION)).signed());
        assertThat(installed.body()).contains("\"status\":\"enabled\"");
        assertThat(http.get("/api/x/acme-slow/thread").body()).startsWith("objectos-plugin-acme-slow-")
                .endsWith("/api/x/acme-slow/thread");
        assertThat(http.get("/api/plugins/acme-slow").body()).doesNotContain("reason");
        for (int i = 0; i < 2; i++) {
            Answer late = http.get("/api/x/acme-slow/hangs");
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.json()).containsEntry("code", "PLUGIN_TIMEOUT").containsEntry("message",
                    "The plugin acme-slow took longer than 1000 ms");
        }
        Answer suspended = http.get("/api/x/acme-slow/thread");
        assertThat(suspended.status()).isEqualTo(503);
        assertThat(suspended.json()).containsEntry("code", "PLUGIN_SUSPENDED");
        assertThat(Integer.parseInt(String.valueOf(suspended.header("Retry-After")))).isBetween(3_000, 3_600);
        assertThat(http.get("/api/plugins/acme-slow").body()).contains("\"status\":\"enabled\"",
                "\"reason\":\"Suspended until ");
    }
}
