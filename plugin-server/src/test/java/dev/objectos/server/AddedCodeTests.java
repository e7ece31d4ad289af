package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of added plugins: what it may reach, how it joins the server, and that nothing of it stays behind. */
class AddedCodeTests {

    private static final String CONFIGURATION = """
            package com.acme;

            import dev.objectos.runtime.spi.*;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Configuration {
                @Bean Hooks hooks() { return new Hooks(); }
                @Bean Points points(Records records) { return new Points(records); }
                @Bean ActionHandler doubling() {
                    return new ActionHandler() {
                        @Override public String name() { return "acme-double"; }
                        @Override public Object run(ActionCall call) {
                            return java.util.Map.of("twice", 2 * (Long) call.params().get("number"));
                        }
                    };
                }
                @Bean StorageInterceptor watching() { return new StorageInterceptor() {}; }
                @Bean MutationInterceptor shouting() {
                    return new MutationInterceptor() {
                        @Override public void before(MutationDraft draft) {
                            if (draft.object().name().equals("acme_points") && draft.written().contains("name")) {
                                draft.set("name", String.valueOf(draft.value("name")).toUpperCase(java.util.Locale.ROOT) + "%s");
                            }
                        }
                    };
                }
            }
            """;
    private static final String HOOKS = """
                        package com.acme;

                        import dev.objectos.runtime.spi.PlatformPlugin;
                        import java.lang.management.ManagementFactory;
            import java.lang.ref.WeakReference;
                        import java.util.*;

                        public class Hooks implements PlatformPlugin {
                            public String id() { return "acme-code"; }
                            @Override public void onInstall() { told("install"); }
                            @Override public void onLoad() { told("load"); }
                            @Override public void onUpgrade(String from) { told("upgrade from " + from); }
                            @Override public void onEnable() { told("enable"); %s }
                            @Override public void onDisable() { told("disable"); }
                            @Override public void onUninstall() { told("uninstall"); }
                            @SuppressWarnings("unchecked") private static void told(String what) {
                                ((List<Object>) System.getProperties().get("acme.told")).add(what);
                                ((List<Object>) System.getProperties().get("acme.loaders"))
                                        .add(new WeakReference<>(Hooks.class.getClassLoader()));
                            }
                        }
                        """;
    private static final String POINTS = """
            package com.acme;

            import dev.objectos.runtime.session.Session;
            import dev.objectos.runtime.spi.Records;
            import java.util.concurrent.CountDownLatch;
            import org.springframework.web.bind.annotation.*;

            @RestController
            public class Points {
                private final Records records;
                Points(Records records) { this.records = records; }
                public record Answer(String version, boolean session, int records) {}
                @GetMapping("/points/{name}") public Answer points(@PathVariable("name") String name, Session session) {
                    return new Answer(name + "%s", session.platformAdministrator(), records == null ? 0 : 1);
                }
                @GetMapping("/sees/{type}") public String sees(@PathVariable("type") String type) {
                    try { return Class.forName(type).getName(); } catch (Throwable e) { return "nothing"; }
                }
                @GetMapping("/waits") public String waits() throws Exception {
                    CountDownLatch[] latches = (CountDownLatch[]) System.getProperties().get("acme.latches");
                    latches[0].countDown();
                    latches[1].await();
                    return "done";
                }
            }
            """;

    private static final String LINES = """
            package com.acme;

            import dev.objectos.runtime.spi.*;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Lines {
                @Bean ProtocolAdapter adapter() {
                    return new ProtocolAdapter() {
                        @Override public String name() { return "acme-lines.tcp"; }
                        @Override public String protocol() { return "acme-lines/1.0"; }
                        @Override public int port() { return %d; }
                        @Override public void serve(ProtocolClient client) throws Exception {
                            client.output().write(client.signIn("whoever").current().isPresent()
                                    ? "somebody".getBytes() : "nobody".getBytes());
                        }
                    };
                }
            }
            """;

    private static final List<String> TOLD = new ArrayList<>();
    private static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() {
        System.getProperties().put("acme.told", TOLD);
        System.getProperties().put("acme.loaders", LOADERS);
        TestingPlugin.trust(home);
        http = RealServer.start(home, "added_code");
    }

    @AfterAll
    static void stop() {
        http.close();
        List.of("acme.told", "acme.loaders", "acme.latches").forEach(System.getProperties()::remove);
    }

    @AfterEach
    void remove() {
        http.send("DELETE", "/api/plugins/acme-code?drop=true", null);
        TOLD.clear();
    }

    /** @param mark appears in what the version answers and writes */
    private static TestingPlugin plugin(String version, String mark, String onEnable) {
        var sources = new LinkedHashMap<String, String>();
        sources.put("com.acme.Configuration", CONFIGURATION.formatted(mark));
        sources.put("com.acme.Hooks", HOOKS.formatted(onEnable));
        sources.put("com.acme.Points", POINTS.formatted(mark));
        return new TestingPlugin("acme-code", version, "").object("acme_points", """
                actions:
                  double: {type: global, params: {number: {type: integer, required: true}}, handler: acme-double}
                """).java(sources);
    }

    private static Answer install(TestingPlugin plugin) {
        return http.upload("/api/plugins", "plugin.jar", plugin.signed());
    }

    @Test
    void joinsRequestsAndWritesAndLeavesThem() {
        Answer installed = install(plugin("1.0.0", "!", ""));
        assertThat(installed.body()).contains("\"status\":\"enabled\"");
        assertThat(http.get("/api/x/acme-code/points/ada").body())
                .isEqualTo("{\"version\":\"ada!\",\"session\":true,\"records\":1}");
        assertThat(http.post("/api/data/acme_points", "{\"name\":\"ada\"}").body()).contains("ADA!");
        assertThat(http.get("/api/openapi.json").body()).contains("\"/api/x/acme-code/points/{");
        assertThat(http.post("/api/x/acme-code/points/ada", "{}").status()).isEqualTo(405);
        assertThat(http.post("/api/actions/acme_points.double", "{\"params\":{\"number\":21}}").body())
                .contains("{\"twice\":42}");
        assertThat(http.post("/api/actions/acme_points.double", "{}").body()).contains("VALIDATION_FAILED");

        http.send("POST", "/api/plugins/acme-code/disable", null);
        assertThat(http.get("/api/openapi.json").body()).doesNotContain("/api/x/acme-code");
        assertThat(http.get("/api/x/acme-code/points/ada").status()).isEqualTo(404);
        assertThat(http.post("/api/actions/acme_points.double", "{\"params\":{\"number\":21}}").status())
                .isIn(404, 503);
        http.send("POST", "/api/plugins/acme-code/enable", null);
        assertThat(http.get("/api/x/acme-code/points/ada").status()).isEqualTo(200);
        http.send("DELETE", "/api/plugins/acme-code", null);
        assertThat(TOLD).containsExactly("load", "install", "enable", "disable", "load", "enable", "disable",
                "uninstall");
    }

    @Test
    void seesTheOpenPackagesAlone() {
        install(plugin("1.0.0", "!", ""));
        for (String type : List.of("dev.objectos.runtime.spi.Records", "org.slf4j.Logger",
                "tools.jackson.databind.json.JsonMapper", "io.micrometer.core.instrument.MeterRegistry")) {
            assertThat(http.get("/api/x/acme-code/sees/" + type).body()).isEqualTo(type);
        }
        for (String type : List.of("dev.objectos.runtime.database.Databases", "dev.objectos.server.ServerPlugin",
                "dev.objectos.runtime.metadata.publish.MetadataPublisher", "com.zaxxer.hikari.HikariDataSource",
                "org.postgresql.Driver", "org.springframework.jdbc.core.JdbcTemplate", "org.jooq.DSLContext")) {
            assertThat(http.get("/api/x/acme-code/sees/" + type).body()).isEqualTo("nothing");
        }
    }

    @Test
    void upgradesAtOnceOrNotAtAll() {
        install(plugin("1.0.0", "!", ""));
        Answer failed = install(plugin("1.1.0", "?", "throw new IllegalStateException(\"not today\");"));
        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.body()).contains("not today");
        assertThat(http.get("/api/x/acme-code/points/ada").body()).contains("ada!");
        assertThat(http.post("/api/data/acme_points", "{\"name\":\"ada\"}").body()).contains("ADA!");
        assertThat(http.get("/api/plugins/acme-code").body()).contains("\"version\":\"1.0.0\"");

        TOLD.clear();
        assertThat(install(plugin("2.0.0", "#", "")).status()).isEqualTo(201);
        assertThat(http.get("/api/x/acme-code/points/ada").body()).contains("ada#");
        assertThat(http.post("/api/data/acme_points", "{\"name\":\"ada\"}").body()).contains("ADA#");
        assertThat(TOLD).containsExactly("load", "upgrade from 1.0.0", "enable", "disable");
    }

    @Test
    void letsRequestsUnderWayFinish() throws Exception {
        CountDownLatch[] latches = {new CountDownLatch(1), new CountDownLatch(1)};
        System.getProperties().put("acme.latches", latches);
        install(plugin("1.0.0", "!", ""));
        var waiting = CompletableFuture.supplyAsync(() -> http.get("/api/x/acme-code/waits"));
        assertThat(latches[0].await(10, TimeUnit.SECONDS)).isTrue();
        var disabling = CompletableFuture.supplyAsync(() -> http.send("POST", "/api/plugins/acme-code/disable", null));
        until(() -> http.get("/api/x/acme-code/points/ada").status() == 404);
        latches[1].countDown();
        assertThat(waiting.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        assertThat(disabling.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void leavesNothingBehindHoweverOftenItComesAndGoes() {
        byte[] archive = plugin("1.0.0", "!", "").signed();
        comeAndGo(archive, 10);
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        long metaspace = metaspace();
        comeAndGo(archive, 50);
        System.out.printf("50 rounds of a plugin with code: %d to %d classes, %d to %d KB of metaspace%n", classes,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(), metaspace >> 10, metaspace() >> 10);
        // Less than one class for each round, each of which brings several.
        assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()).isLessThan(classes + 50);
        assertThat(metaspace()).isLessThan(metaspace + (1 << 20));
    }

    /** Returns once all classes that were loaded for it have been unloaded. */
    private static void comeAndGo(byte[] archive, int rounds) {
        LOADERS.clear();
        for (int i = 0; i < rounds; i++) {
            assertThat(http.upload("/api/plugins", "plugin.jar", archive).status()).isEqualTo(201);
            assertThat(http.get("/api/x/acme-code/points/ada").status()).isEqualTo(200);
            assertThat(http.post("/api/data/acme_points", "{\"name\":\"ada\"}").status()).isEqualTo(201);
            assertThat(http.send("DELETE", "/api/plugins/acme-code", null).status()).isEqualTo(200);
        }
        assertThat(LOADERS).hasSizeGreaterThanOrEqualTo(rounds);
        until(() -> {
            System.gc();
            return LOADERS.stream().allMatch(loader -> loader.get() == null);
        });
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals("Metaspace"))
                .findFirst().orElseThrow().getUsage().getUsed();
    }

    @Test
    void protocolsAreListedForAsLongAsTheyAreSpoken() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var plugin = new TestingPlugin("acme-lines", "1.0.0", "permissions: {ports: " + port + "}\n")
                .java(Map.of("com.acme.Lines", LINES.formatted(port)));
        String asked = "\"ports\":[" + port + "]";
        assertThat(install(plugin).body()).contains("\"status\":\"awaiting_approval\"", asked);
        assertThat(http.get("/api/plugins").body()).doesNotContain("acme-lines/1.0");
        assertThat(http.post("/api/plugins/acme-lines/approve", "{}").body()).contains("\"status\":\"enabled\"");
        String spoken = "\"protocol\":\"acme-lines/1.0\"";
        assertThat(http.get("/api/plugins").body()).contains(spoken, "\"address\":\"127.0.0.1\"");
        assertThat(http.get("/api/services").body()).contains(spoken);
        assertThat(http.get("/api/v1/discovery").body()).contains(spoken).contains("\"port\":" + port)
                .doesNotContain("127.0.0.1");
        try (var client = new Socket("127.0.0.1", port)) {
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("nobody");
        }
        assertThat(http.send("DELETE", "/api/plugins/acme-lines", null).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/discovery").body()).contains("\"protocols\":[]");
    }

    @Test
    void runsTheExampleOfTheDocumentation() {
        Answer installed = install(TestingPlugin.of(Path.of("../docs/examples/acme-loyalty")));
        assertThat(installed.body()).contains("\"status\":\"awaiting_approval\"", "VOUCHER_KEY");
        assertThat(http.post("/api/plugins/acme-loyalty/approve", "{}").body()).contains("\"status\":\"enabled\"");
        assertThat(http.post("/api/data/loyalty_points", "{\"customer\":\"Ada\",\"points\":5}").body())
                .contains("Purchase");
        assertThat(http.post("/api/data/loyalty_points", "{\"customer\":\"Ada\",\"points\":5000}").body())
                .contains("too_many");
        assertThat(http.get("/api/x/acme-loyalty/movements/Ada").body()).contains("\"points\":5", "Purchase");
        assertThat(http.get("/api/services").body()).contains("acme.vouchers");
        assertThat(http.get("/api/x/acme-loyalty/vouchers/Ada").status()).isGreaterThanOrEqualTo(400);
        assertThat(http.send("PUT", "/api/plugins/acme-loyalty/secrets/VOUCHER_KEY", "{\"value\":\"k3y\"}").status())
                .isLessThan(300);
        assertThat(http.get("/api/x/acme-loyalty/vouchers/Ada").body()).contains("\"holder\":\"Ada@")
                .containsPattern("\"signature\":\"[0-9a-f]{64}\"");
        assertThat(http.send("DELETE", "/api/plugins/acme-loyalty?drop=true", null).status()).isEqualTo(200);
        assertThat(http.get("/api/data/loyalty_points").status()).isEqualTo(404);
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
