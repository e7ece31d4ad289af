package dev.objectos.runtime.metadata;

import java.util.concurrent.atomic.AtomicReference;

/** Holds the snapshot that new requests take. */
public final class Catalogs {

    private final AtomicReference<Catalog> current = new AtomicReference<>(Catalog.empty());

    public Catalog current() {
        return current.get();
    }

    /** Swaps in a snapshot whose schema is already in place. Requests under way finish on the one they took. */
    public void publish(Catalog next) {
        current.set(next);
    }
}
