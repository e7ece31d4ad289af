package dev.objectos.runtime.coordination.cluster;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.coordination.Watch;
import dev.objectos.runtime.coordination.WatchListener;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.MemoryStorageDriver;
import dev.objectos.runtime.storage.keyvalue.TestingStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final TestingNodes nodes = new TestingNodes();
    private final TestingStores stores = new TestingStores(new MemoryStorageDriver());
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        nodes.close();
    }

    /** Notes what it is told. */
    private static final class Heard implements WatchListener {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final AtomicBoolean failing = new AtomicBoolean();

        @Override
        public void present(StoredEntry entry) {
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
            calls.add(entry.key() + "=" + entry.value().text());
        }

        @Override
        public void absent(String key) {
            calls.add(key + " gone");
        }
    }

    private KeyValueStore store() {
        return stores.store();
    }

    @Test
    void tellsOfWhatIsThereAndThenOfEachChangeOnItsNode() {
        ClusterCoordination node = nodes.listening();
        stores.intercept(node.changes());
        store().put("flag/a", StoredValue.text("1"));
        store().put("other", StoredValue.text("x"));
        try (Watch _ = nodes.of(node).watch(store(), "flag/", heard)) {
            await(() -> heard.calls.equals(List.of("flag/a=1")));
            store().put("flag/b", StoredValue.text("2"));
            await(() -> heard.calls.size() == 2);
            store().put("flag/a", StoredValue.text("3"));
            await(() -> heard.calls.size() == 3);
            store().delete("flag/b");
            await(() -> heard.calls.size() == 4);
        }
        assertThat(heard.calls).containsExactly("flag/a=1", "flag/b=2", "flag/a=3", "flag/b gone");
        store().put("flag/a", StoredValue.text("4"));
        assertThat(heard.calls).hasSize(4);
    }

    @Test
    void hearsOfAChangeOnAnotherNode() {
        ClusterCoordination watching = nodes.listening();
        stores.intercept(nodes.listening().changes());
        store().put("a", StoredValue.text("x"));
        try (Watch _ = nodes.of(watching).watch(store(), "", heard)) {
            await(() -> heard.calls.size() == 1);
            // Again, for the first may be written before the other node knows who is interested.
            await(() -> {
                store().put("a", StoredValue.text("y"));
                return heard.calls.contains("a=y");
            });
        }
    }

    @Test
    void findsByLookingWhatNobodyTellsOf() {
        try (Watch _ = nodes.of(nodes.looking()).watch(store(), "", heard)) {
            store().put("a", StoredValue.text("x"), Duration.ofMinutes(1));
            await(() -> heard.calls.equals(List.of("a=x")));
            stores.clock().advance(Duration.ofMinutes(1));
            await(() -> heard.calls.equals(List.of("a=x", "a gone")));
        }
    }

    @Test
    void aListenerThatFailsIsToldAgain() {
        heard.failing.set(true);
        store().put("a", StoredValue.text("x"));
        try (Watch _ = nodes.of(nodes.looking()).watch(store(), "", heard)) {
            await(() -> heard.calls.equals(List.of("a=x")));
        }
        assertThat(heard.failing).isFalse();
    }

    @Test
    void followsMoreThanAPage() {
        for (int i = 0; i < 1_200; i++) {
            store().put("k%04d".formatted(i), StoredValue.text("x"));
        }
        try (Watch _ = nodes.of(nodes.looking()).watch(store(), "k", heard)) {
            await(() -> heard.calls.size() == 1_200);
            store().delete("k0000");
            store().delete("k1199");
            await(() -> heard.calls.size() == 1_202);
            assertThat(heard.calls.subList(1_200, 1_202)).containsExactlyInAnyOrder("k0000 gone", "k1199 gone");
        }
    }

    @Test
    void aSharedStoreIsWatchedForAsLongAsItIsShared() {
        KeyValueStore shared = stores.all().of("friend").sharedStore(stores.plugin(), "things", stores.tenant());
        store().put("a", StoredValue.text("x"));
        try (Watch _ = nodes.of(nodes.looking()).watch(shared, "", heard)) {
            stores.own().share("things", "friend", GrantedAccess.READ);
            await(() -> heard.calls.equals(List.of("a=x")));
        }
    }

    @Test
    void watchesEndWhenThePluginsCoordinationIsClosed() {
        ClusterCoordination node = nodes.looking();
        store().put("a", StoredValue.text("x"));
        nodes.of(node).watch(store(), "", heard);
        await(() -> heard.calls.size() == 1);
        nodes.of(node).close();
        store().put("b", StoredValue.text("x"));
        try (Watch _ = nodes.of(node).watch(store(), "b", new Heard())) {
            assertThat(heard.calls).hasSize(1);
        }
    }
}
