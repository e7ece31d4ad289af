package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FolderWatcherTest {

    private static final Duration QUIET = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final Semaphore changes = new Semaphore(0);

    @Test
    void tellsOfAChangedAndOfADeletedFile() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a.yml"), "a: 1\n");
        try (var _ = new FolderWatcher(List.of(folder), QUIET, changes::release)) {
            Files.writeString(file, "a: 2\n");
            assertChanged();
            Files.delete(file);
            assertChanged();
        }
    }

    @Test
    void followsFoldersThatAreMadeLater() throws IOException, InterruptedException {
        try (var _ = new FolderWatcher(List.of(folder), QUIET, changes::release)) {
            Path inner = Files.createDirectories(folder.resolve("objects"));
            assertChanged();
            Files.writeString(inner.resolve("a.object.yml"), "fields: {}\n");
            assertChanged();
        }
    }

    @Test
    void findsAFolderThatWasGoneForAWhile() throws IOException, InterruptedException {
        Path watched = Files.createDirectory(folder.resolve("app"));
        try (var _ = new FolderWatcher(List.of(watched), QUIET, changes::release)) {
            Files.delete(watched);
            assertChanged();
            Files.createDirectory(watched);
            assertChanged();
            Files.writeString(watched.resolve("a.yml"), "a: 1\n");
            assertChanged();
        }
    }

    @Test
    void staysSilentOnceItIsClosed() throws IOException, InterruptedException {
        var watcher = new FolderWatcher(List.of(folder), QUIET, changes::release);
        watcher.close();
        try (var _ = new FolderWatcher(List.of(folder), QUIET, () -> changes.release(100))) {
            Files.writeString(folder.resolve("a.yml"), "a: 1\n");
            assertThat(changes.tryAcquire(100, 20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(changes.availablePermits() % 100).isZero();
    }

    private void assertChanged() throws InterruptedException {
        assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).as("a change was told").isTrue();
    }
}
