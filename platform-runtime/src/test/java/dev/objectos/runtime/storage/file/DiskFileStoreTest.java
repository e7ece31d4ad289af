package dev.objectos.runtime.storage.file;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskFileStoreTest extends FileStoreConformance {

    @TempDir
    private static Path folder;

    @Override
    protected FileStore store() {
        return new DiskFileStore(folder);
    }

    @Override
    protected int large() {
        return 100_000;
    }
}
