package dev.objectos.runtime.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CatalogsTest {

    private final Catalogs catalogs = new Catalogs();

    @Test
    void waitsForWritesThatFollowAnyEarlierSnapshotAndForNoOthers() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var written = new AtomicBoolean();
        var seen = new AtomicBoolean();
        Thread writer = Thread.startVirtualThread(() -> catalogs.<Boolean>write(_ -> {
            begun.countDown();
            await(end);
            return written.getAndSet(true);
        }));
        begun.await();
        catalogs.publish(catalog(1));
        catalogs.publish(catalog(2));
        Thread publisher = Thread.startVirtualThread(() -> {
            try {
                catalogs.awaitWritesBeforeCurrent();
                seen.set(written.get());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(catalogs.<Long>write(Catalog::version)).isEqualTo(2);
        while (publisher.getState() != Thread.State.WAITING && publisher.isAlive()) {
            Thread.onSpinWait();
        }
        end.countDown();
        publisher.join();
        writer.join();
        assertThat(seen).isTrue();
    }

    @Test
    void isNotHeldUpByAWriteThatFollowsTheCurrentSnapshot() throws InterruptedException {
        catalogs.publish(catalog(1));
        long seen = catalogs.<Long>write(catalog -> {
            try {
                catalogs.awaitWritesBeforeCurrent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return catalog.version();
        });
        assertThat(seen).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Catalog catalog(long version) {
        return new Catalog(version, Map.of(), Map.of(), List.of(), List.of(), List.of());
    }
}
