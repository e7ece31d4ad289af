package dev.objectos.runtime.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the snapshot that new requests take. */
public final class Catalogs {

    private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
    private final List<Reign> earlier = new ArrayList<>();
    private volatile Reign current = new Reign(Catalog.empty());

    public Catalog current() {
        return current.catalog;
    }

    /** Swaps in a snapshot whose schema is already in place. Requests under way finish on the one they took. */
    public synchronized void publish(Catalog next) {
        Reign last = current;
        current = new Reign(next);
        earlier.removeIf(Reign::isOver);
        earlier.add(last);
        last.leave();
        listeners.forEach(listener -> listener.accept(next));
    }

    /** Has somebody told of every snapshot once it serves, in the publisher's thread; must return at once. */
    public void onPublish(Consumer<Catalog> listener) {
        listeners.add(listener);
    }

    /** Changes records as the current snapshot says, which {@link #awaitWritesBeforeCurrent()} can wait for. */
    public <T extends @Nullable Object> T write(Function<Catalog, T> work) {
        Reign reign = current;
        while (!reign.enter()) {
            reign = current;
        }
        try {
            return work.apply(reign.catalog);
        } finally {
            reign.leave();
        }
    }

    /** Returns once no write of this server follows a snapshot older than the current one. */
    public void awaitWritesBeforeCurrent() throws InterruptedException {
        List<Reign> unfinished;
        synchronized (this) {
            unfinished = List.copyOf(earlier);
        }
        for (Reign reign : unfinished) {
            reign.over.await();
        }
    }

    /** A snapshot with those who write by it; being the current one counts as one of them. */
    private static final class Reign {

        private final Catalog catalog;
        private final AtomicInteger holders = new AtomicInteger(1);
        private final CountDownLatch over = new CountDownLatch(1);

        Reign(Catalog catalog) {
            this.catalog = catalog;
        }

        /** Whether it was not over yet. */
        boolean enter() {
            return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }

        void leave() {
            if (holders.decrementAndGet() == 0) {
                over.countDown();
            }
        }

        boolean isOver() {
            return over.getCount() == 0;
        }
    }
}
