package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores that bytes are in, by the names that rows of files know them by, and the one that new files go to. What fails in one
 * is told to callers as {@code UNAVAILABLE}, and to administrators in the log.
 */
public final class FileStores {

    private static final Logger LOG = LoggerFactory.getLogger(FileStores.class);

    private final Map<String, FileStore> stores = new LinkedHashMap<>();
    private final FileStore forNew;

    /**
     * @param stores one on disk and at most one elsewhere
     * @param chosen where new files go; null: elsewhere where there is such a store
     */
    public FileStores(List<? extends FileStore> stores, @Nullable String chosen) {
        stores.forEach(store -> this.stores.put(store.name(), store));
        String name = chosen != null
                ? chosen
                : this.stores.keySet().stream().filter(one -> !one.equals(DiskFileStore.NAME)).findFirst()
                        .orElse(DiskFileStore.NAME);
        FileStore found = this.stores.get(name);
        if (found == null) {
            throw new IllegalArgumentException("objectos.files.store is " + name + ", and there are only "
                    + String.join(" and ", this.stores.keySet())
                    + "; for s3 the bucket must be said too (objectos.files.s3.bucket)");
        }
        this.forNew = found;
    }

    /** Where new files go. */
    String forNew() {
        return forNew.name();
    }

    List<FileStore> all() {
        return List.copyOf(stores.values());
    }

    /** @throws IOException what reading the content threw */
    void put(String store, String key, MeasuredStream content) throws IOException {
        try {
            named(store).put(key, content);
        } catch (IOException e) {
            if (content.broken()) {
                throw e;
            }
            throw unavailable(store, e);
        }
    }

    /** @param length how many bytes are read at most */
    InputStream open(String store, String key, long from, long length) {
        if (length < 1) {
            return InputStream.nullInputStream();
        }
        try {
            return new Guarded(store, named(store).open(key, from, length));
        } catch (IOException e) {
            throw unavailable(store, e);
        }
    }

    void remove(String store, String key) {
        try {
            named(store).remove(key);
        } catch (IOException e) {
            throw unavailable(store, e);
        }
    }

    private FileStore named(String name) throws IOException {
        FileStore store = stores.get(name);
        if (store == null) {
            throw new IOException("files were put into the store '" + name + "', which is not configured any more");
        }
        return store;
    }

    private static PlatformException unavailable(String store, IOException cause) {
        LOG.warn("The store of files '{}' fails: {}", store, cause.toString());
        return new PlatformException(RuntimeError.UNAVAILABLE,
                "The storage of files cannot do it at the moment; try again later", cause);
    }

    /** Bytes on their way: what breaks is the store, not whoever reads. */
    private static final class Guarded extends FilterInputStream {

        private final String store;

        Guarded(String store, InputStream content) {
            super(content);
            this.store = store;
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw unavailable(store, e);
            }
        }

        @Override
        public int read(byte[] into, int from, int length) {
            try {
                return in.read(into, from, length);
            } catch (IOException e) {
                throw unavailable(store, e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                LOG.debug("The store of files '{}' could not end a reading", store, e);
            }
        }
    }
}
