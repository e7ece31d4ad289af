package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.redis.TestingRedis;
import dev.objectos.runtime.spi.StorageDriver;

class RedisStorageConcurrencyTest extends ConcurrencyConformance {

    @Override
    protected StorageDriver driver() {
        return new RedisStorageDriver(TestingRedis.shared());
    }
}
