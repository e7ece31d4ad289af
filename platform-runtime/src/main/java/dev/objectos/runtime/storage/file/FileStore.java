package dev.objectos.runtime.storage.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;

/** Where the bytes are. What is put is there whole or not at all, also after a crash. */
public interface FileStore {

    /** Puts the bytes under a key; what was there is replaced. */
    void put(String key, InputStream content) throws IOException;

    /** The bytes from a place on. */
    InputStream open(String key, long from) throws IOException;

    /** The keys of everything that has not changed for that long. */
    Stream<String> unchangedFor(Duration age) throws IOException;

    /** Removes what is under the key, if anything. */
    void remove(String key) throws IOException;
}
