package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Files over a folder and the records of a test. */
final class TestingFiles {

    private final TestingWrites writes;
    private final Path folder;

    TestingFiles(TestingWrites writes, Path folder) {
        this.writes = writes;
        this.folder = folder;
    }

    FileStores onDisk() {
        return new FileStores(List.of(new DiskFileStore(folder)), null);
    }

    StoredFiles files(FileStores stores, FileProperties settings, Clock clock) {
        return new StoredFiles(writes.databases().app(), stores, readers(), settings,
                new SecretKeySpec(new byte[32], "AES"), clock);
    }

    StoredFiles files(FileStores stores, FileProperties settings) {
        return files(stores, settings, Clock.systemUTC());
    }

    FileCollector collector(FileStores stores) {
        return new FileCollector(writes.databases().worker(), stores, writes.catalogs()::current, settings());
    }

    private FileReaders readers() {
        var reads = new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()),
                new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC());
        return new FileReaders(writes.catalogs()::current, reads::query);
    }

    static FileProperties settings() {
        return settings(DataSize.ofBytes(1_000), null);
    }

    static FileProperties settings(DataSize largest, @Nullable DataSize quota) {
        return new FileProperties(null, null, largest, List.of(), Duration.ofMinutes(15), Duration.ofHours(24), quota,
                Map.of(), false);
    }
}
