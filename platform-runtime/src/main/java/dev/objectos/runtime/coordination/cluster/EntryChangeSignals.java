package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.StorageAccess;

/** Wakes the watches of a store after each write to it. */
final class EntryChangeSignals implements StorageInterceptor {

    private final Signals signals;

    EntryChangeSignals(Signals signals) {
        this.signals = signals;
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void afterWrite(StorageAccess access) {
        signals.raiseWhereWanted(EntryWatch.topic(access.store()));
    }
}
