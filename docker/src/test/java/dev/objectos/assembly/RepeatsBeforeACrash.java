package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Accounts that are made under keys until the server is killed, and are asked for again afterwards.
 *
 * @param answers what was answered under each key; empty: nothing
 */
record RepeatsBeforeACrash(Map<String, String> answers, List<Thread> clients) {

    private static final int CLIENTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static RepeatsBeforeACrash begin(ServerProcess server) {
        var answers = new ConcurrentHashMap<String, String>();
        List<Thread> clients = IntStream.range(0, CLIENTS).mapToObj(_ -> Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    String key = UUID.randomUUID().toString();
                    answers.put(key, "");
                    Answer answer = make(server, key);
                    if (answer.status() != 201) {
                        answers.put(key, answer.toString());
                        return;
                    }
                    answers.put(key, answer.body());
                }
            } catch (UncheckedIOException _) {
                // The server has been killed; what became of the last request nobody knows.
            }
        })).toList();
        return new RepeatsBeforeACrash(answers, clients);
    }

    void assertOneEffectEach(ServerProcess server) throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
        assertThat(answers).containsValue("").hasSizeGreaterThan(CLIENTS);
        answers.forEach((key, before) -> {
            var answer = new Answer[1];
            Patience.until("the lease of a dead server to end", PATIENCE, () -> {
                answer[0] = make(server, key);
                return answer[0].status() != 409;
            });
            assertThat(answer[0].status()).as(answer[0].body()).isEqualTo(201);
            if (!before.isEmpty()) {
                assertThat(answer[0].body()).isEqualTo(before);
            }
            assertThat(server.get("/api/data/accounts?name=" + key).json().path("records").size()).isOne();
        });
    }

    private static Answer make(ServerProcess server, String key) {
        return server.send(
                server.json("POST", "/api/data/accounts", "{\"name\": \"" + key + "\"}").header("Idempotency-Key",
                        key));
    }
}
