package dev.objectos.runtime.metadata;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Holds the snapshot that new requests take. */
public final class Catalogs {

    private final AtomicReference<Catalog> current = new AtomicReference<>(Catalog.empty());
    private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();

    public Catalog current() {
        return current.get();
    }

    /** Swaps in a snapshot whose schema is already in place. Requests under way finish on the one they took. */
    public void publish(Catalog next) {
        current.set(next);
        listeners.forEach(listener -> listener.accept(next));
    }

    /** Has somebody told of every snapshot once it serves, in the publisher's thread; must return at once. */
    public void onPublish(Consumer<Catalog> listener) {
        listeners.add(listener);
    }
}
