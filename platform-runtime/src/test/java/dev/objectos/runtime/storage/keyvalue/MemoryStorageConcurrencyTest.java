package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;

class MemoryStorageConcurrencyTest extends ConcurrencyConformance {

    @Override
    protected StorageDriver driver() {
        return new MemoryStorageDriver();
    }
}
