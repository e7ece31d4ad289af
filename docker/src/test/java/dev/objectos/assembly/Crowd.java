package dev.objectos.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many clients that do something at the same moment. */
final class Crowd {

    private Crowd() {}

    /** What each of them got, in their order. */
    static <T> List<T> of(int clients, IntFunction<T> action) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<T>>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                results.add(executor.submit(() -> {
                    start.await();
                    return action.apply(number);
                }));
            }
            start.countDown();
            var answers = new ArrayList<T>();
            for (Future<T> result : results) {
                answers.add(result.get());
            }
            return answers;
        }
    }
}
