package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.redis.TestingRedis;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StorageChange;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisStorageTest extends KeyValueStoreConformance {

    @Override
    protected StorageDriver driver() {
        return new RedisStorageDriver(TestingRedis.shared());
    }

    @Test
    void leavesNothingBehindOfAPluginThatIsErased() {
        stores.store().put("a", StoredValue.text("1"), Duration.ofMinutes(1));
        stores.store("other").increment("n", 1);
        stores.all().erase(stores.plugin());
        RedisServer redis = TestingRedis.shared();
        Set<String> keys = redis.call(client -> client.keys("*" + stores.plugin() + "*"));
        Set<String> parts = redis.call(client -> client.smembers(RedisPart.PARTS));
        List<String> due = redis.call(client -> client.zrange(RedisPart.DUE, 0, -1));
        assertThat(keys).isEmpty();
        assertThat(parts).noneMatch(part -> part.contains(stores.plugin()));
        assertThat(due).noneMatch(part -> part.contains(stores.plugin()));
    }

    @Test
    void aRefusedBatchLeavesNothingBehind() {
        KeyValueStore store = stores.store();
        store.put("text", StoredValue.text("x"));
        assertThatThrownBy(() -> store.batch(List.of(new StorageChange.Increment("a", 1, null),
                new StorageChange.Increment("text", 1, null))))
                .isInstanceOf(PlatformException.class);
        Set<String> scratch = TestingRedis.shared()
                .call(client -> client.keys("*scratch*" + stores.plugin() + "*"));
        assertThat(scratch).isEmpty();
    }

    @Test
    void saysThatItIsUnavailableAndGoesOnAfterwards() {
        try (TestingRedis redis = TestingRedis.fresh(); RedisServer server = redis.server()) {
            var own = new TestingStores(new RedisStorageDriver(server));
            KeyValueStore store = own.store();
            long revision = store.put("a", StoredValue.text("kept"));
            redis.stop();
            assertThat(catchThrowableOfType(PlatformException.class, () -> store.get("a")).code())
                    .isEqualTo(RuntimeError.UNAVAILABLE);
            assertThat(
                    catchThrowableOfType(PlatformException.class, () -> store.put("a", StoredValue.text("x"))).code())
                    .isEqualTo(RuntimeError.UNAVAILABLE);
            redis.startAgain();
            assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("kept");
            assertThat(store.compareAndSet("a", revision, StoredValue.text("new"))).isPresent();
            assertThat(own.own().usage(own.tenant())).isEqualTo(new StorageUsage(4, 1));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAtTheStart() {
        try (TestingRedis redis = TestingRedis.fresh(); RedisServer server = redis.server()) {
            new RedisStorageDriver(server).check();
            redis.stop();
            assertThatThrownBy(() -> new RedisStorageDriver(server).check())
                    .hasMessageContaining(String.valueOf(redis.url().getPort()))
                    .hasMessageContaining("objectos.redis");
        }
    }
}
