package dev.objectos.server;

import dev.objectos.server.TestingHttp.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that write and read records of an object that has a name until they are closed. */
final class BusyClients implements AutoCloseable {

    private static final int CLIENTS = 4;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    BusyClients(TestingHttp http, String object) {
        for (int client = 0; client < CLIENTS; client++) {
            executor.execute(() -> {
                while (!done.get()) {
                    for (Answer answer : List.of(http.post("/api/data/" + object, "{\"name\":\"Bee\"}"),
                            http.get("/api/data/" + object + "?top=5&sort=-created_at"),
                            http.get("/api/metadata/" + object))) {
                        served.incrementAndGet();
                        if (answer.status() >= 300) {
                            failures.add(answer.status() + " " + answer.body());
                        }
                    }
                }
            });
        }
    }

    int served() {
        return served.get();
    }

    /** What did not go well. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        done.set(true);
        executor.close();
    }
}
