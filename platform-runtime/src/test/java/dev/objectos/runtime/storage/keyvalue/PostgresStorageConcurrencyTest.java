package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.spi.StorageDriver;

class PostgresStorageConcurrencyTest extends ConcurrencyConformance {

    @Override
    protected StorageDriver driver() {
        return new PostgresStorageDriver(TestingDatabase.shared().app(), TestingDatabase.shared().worker());
    }
}
