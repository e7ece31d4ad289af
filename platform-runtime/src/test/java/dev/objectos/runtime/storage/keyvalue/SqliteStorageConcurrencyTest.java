package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import org.junit.jupiter.api.AfterEach;

class SqliteStorageConcurrencyTest extends ConcurrencyConformance {

    private SqliteFile file;

    @Override
    protected StorageDriver driver() {
        file = new SqliteFile();
        return file.driver();
    }

    @AfterEach
    void close() {
        file.close();
    }
}
