package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An administrator who gives an object one field after another until the server is killed.
 *
 * @param acknowledged the last version that was answered
 * @param end of the administrator's work
 */
record EditsBeforeACrash(AtomicInteger acknowledged, Future<?> end) {

    static EditsBeforeACrash begin(ServerProcess server, ExecutorService executor) {
        var acknowledged = new AtomicInteger();
        return new EditsBeforeACrash(acknowledged, executor.submit(() -> {
            var fields = new StringBuilder();
            try {
                for (int version = 1; version <= 200; version++) {
                    fields.append(version == 1 ? "" : ",").append("\"field_").append(version)
                            .append("\":{\"type\":\"integer\"}");
                    Answer saved = server.send(server.json("PUT", "/api/metadata/object/growing",
                            "{\"fields\":{" + fields + "}}"));
                    if (saved.status() != 200) {
                        throw new AssertionError(saved);
                    }
                    acknowledged.set(version);
                }
            } catch (UncheckedIOException _) {
                // No answer, no promise.
            }
        }));
    }

    /** The server has started again. */
    void assertOldOrNew(ServerProcess server) {
        int version = server.get("/api/metadata/object/growing").json().path("version").asInt();
        // The kill may have taken away the answer, but not the version.
        assertThat(version).isPositive().isBetween(acknowledged.get(), acknowledged.get() + 1);
        assertThat(server.post("/api/data/growing", "{\"field_" + version + "\": 1}").status()).isEqualTo(201);
        assertThat(server.get("/api/data/growing?field_" + (version + 1) + "=1").status()).isEqualTo(400);
        assertThat(server.get("/api/metadata/diagnostics?severity=error").json().path("entries").size()).isZero();
    }
}
