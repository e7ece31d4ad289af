package dev.objectos.runtime.storage.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;

/** Where the bytes are. What is put is there whole or not at all, also after a crash. */
public interface FileStore {

    /** What rows of files know it by; it never changes. */
    String name();

    /** Puts the bytes under a key; what was there is replaced. What reading the content throws is thrown as it is. */
    void put(String key, InputStream content) throws IOException;

    /**
     * The bytes from a place on.
     *
     * @param length how many are read at most, at least 1
     */
    InputStream open(String key, long from, long length) throws IOException;

    /**
     * The keys of everything that has not changed for that long.
     *
     * @throws java.io.UncheckedIOException while they are gone through, where the store fails
     */
    Stream<String> unchangedFor(Duration age) throws IOException;

    /** Removes what is under the key, if anything. */
    void remove(String key) throws IOException;

    /**
     * Removes what was begun that long ago and never finished, where that is not found by its key.
     *
     * @throws java.io.UncheckedIOException where the store fails
     */
    default void abandon(Duration age) {}

    /**
     * Whether it can be used now.
     *
     * @return what it is and where, for administrators
     * @throws IOException with what to do
     */
    String check() throws IOException;

    /**
     * Whose place it is: the installation's that has said so first. What nobody but another installation knows of must not be
     * removed as if nobody knew of it.
     *
     * @param installation who asks, and says so where nobody has yet
     */
    default String claimedBy(String installation) throws IOException {
        return installation;
    }
}
