package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;

class MemoryStorageTest extends KeyValueStoreConformance {

    @Override
    protected StorageDriver driver() {
        return new MemoryStorageDriver();
    }
}
