package dev.objectos.runtime.storage.keyvalue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A driver over a file in a folder of its own, which goes with it. */
final class SqliteFile implements AutoCloseable {

    private final Path folder;
    private SqliteStorageDriver driver;

    SqliteFile() {
        try {
            folder = Files.createTempDirectory("objectos-sqlite");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver = new SqliteStorageDriver(path());
    }

    Path path() {
        return folder.resolve("home").resolve("storage.db");
    }

    SqliteStorageDriver driver() {
        return driver;
    }

    /** As the server does when it starts again. */
    SqliteStorageDriver opened() {
        driver.close();
        driver = new SqliteStorageDriver(path());
        return driver;
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : List.copyOf(files.toList()).reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
