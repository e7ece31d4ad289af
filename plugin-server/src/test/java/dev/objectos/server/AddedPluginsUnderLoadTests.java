package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.server.TestingHttp.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large plugins, and plugins that come and go while others are at work. */
class AddedPluginsUnderLoadTests {

    private static final int CLIENTS = 4;

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() {
        TestingPlugin.trust(home);
        http = RealServer.start(home, "added_plugins_under_load");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @AfterEach
    void removeAll() {
        List.of("acme-many", "acme-rounds", "acme-still")
                .forEach(id -> http.send("DELETE", "/api/plugins/" + id + "?drop=true", null));
    }

    private static Answer install(TestingPlugin plugin) {
        return http.upload("/api/plugins", "plugin.zip", plugin.signed());
    }

    /** Objects that refer to each other, as those of an application do. */
    private static TestingPlugin withObjects(int objects) {
        var plugin = new TestingPlugin("acme-many", "1.0.0", "");
        for (int i = 1; i <= objects; i++) {
            plugin.object("acme_thing_" + i, """
                      amount: {type: currency}
                      status: {type: select, options: [new, open, done], default: new}
                      due:    {type: date, index: true}
                    """ + (i == 1 ? "" : "  parent: {type: lookup, reference_to: acme_thing_" + (i - 1) + "}\n"));
        }
        return plugin;
    }

    @Test
    void enablesAPluginWithTwentyObjects() {
        TestingPlugin plugin = withObjects(20);
        long begun = System.nanoTime();
        Answer installed = install(plugin);
        System.out.printf("A plugin with 20 objects was installed and enabled in %d ms%n",
                (System.nanoTime() - begun) / 1_000_000);
        assertThat(installed.status()).as(installed.body()).isEqualTo(201);
        assertThat(installed.json()).containsEntry("status", "enabled");
        for (int i = 1; i <= 20; i++) {
            assertThat(http.post("/api/data/acme_thing_" + i, "{\"name\":\"One\"}").status()).isEqualTo(201);
        }
    }

    @Test
    void failsNoRequestOfOthersWhilePluginsComeAndGo() throws Exception {
        assertThat(install(new TestingPlugin("acme-still", "1.0.0", "").object("acme_still", "")).status())
                .isEqualTo(201);
        var done = new AtomicBoolean();
        var served = new AtomicInteger();
        var failures = new ConcurrentLinkedQueue<String>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                String object = client % 2 == 0 ? "acme_still" : "accounts";
                clients.add(executor.submit(() -> {
                    while (!done.get()) {
                        work(object, served, failures);
                    }
                }));
            }
            try {
                for (int round = 0; round < 5; round++) {
                    comeAndGo();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        System.out.printf("%d requests were served while plugins came and went, %d of them with an error%n",
                served.get(), failures.size());
        assertThat(failures).isEmpty();
        assertThat(served.get()).isGreaterThan(100);
    }

    private static void comeAndGo() {
        var first = new TestingPlugin("acme-rounds", "1.0.0", "").object("acme_rounds", "");
        var second = new TestingPlugin("acme-rounds", "1.1.0", "").object("acme_rounds",
                "  still: {type: lookup, reference_to: acme_still}\n  amount: {type: number}\n");
        assertThat(install(first).status()).isEqualTo(201);
        assertThat(http.post("/api/data/acme_rounds", "{\"name\":\"One\"}").status()).isEqualTo(201);
        assertThat(install(second).status()).isEqualTo(201);
        assertThat(http.post("/api/data/acme_rounds", "{\"name\":\"Two\",\"amount\":2}").status()).isEqualTo(201);
        assertThat(http.send("DELETE", "/api/plugins/acme-rounds?drop=true", null).status()).isEqualTo(200);
    }

    /** Writes and reads, and remembers whatever did not go well. */
    private static void work(String object, AtomicInteger served, ConcurrentLinkedQueue<String> failures) {
        List<Answer> answers = List.of(
                http.post("/api/data/" + object, "{\"name\":\"Busy " + UUID.randomUUID() + "\"}"),
                http.get("/api/data/" + object + "?top=5&sort=-created_at"), http.get("/api/metadata/" + object));
        for (Answer answer : answers) {
            served.incrementAndGet();
            if (answer.status() >= 300) {
                failures.add(answer.response().request().method() + " " + answer.response().uri() + ": "
                        + answer.status() + " " + answer.body());
            }
        }
    }
}
