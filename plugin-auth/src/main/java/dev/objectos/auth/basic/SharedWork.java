package dev.objectos.auth.basic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Has those who want the same at the same time wait for the one who works on it, and share what comes of it. */
final class SharedWork<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

    V get(K key, Supplier<V> work) {
        var own = new CompletableFuture<V>();
        CompletableFuture<V> others = underWay.putIfAbsent(key, own);
        return others == null ? work(key, own, work) : join(others);
    }

    private V work(K key, CompletableFuture<V> own, Supplier<V> work) {
        try {
            V result = work.get();
            own.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, own);
        }
    }

    private static <V> V join(CompletableFuture<V> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : e;
        }
    }
}
