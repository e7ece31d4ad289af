package dev.objectos.runtime.spi;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/**
 * Files of the plugin's own folder on this node, as far as its manifest names them under {@code permissions.files}: a file, or a
 * folder with everything below it. Paths are relative to the plugin's folder, with {@code /} between their parts.
 *
 * <p>All methods refuse a path that is not approved, or leads through {@code ..} or a link, with {@code PERMISSION_DENIED}, and
 * throw {@link java.nio.file.NoSuchFileException} where there is no such file.
 */
public interface PluginFiles {

    /** The content of a file; to be closed. */
    InputStream read(String path) throws IOException;

    /**
     * Writes a file, with the folders that it needs, in the place of what was there. Whoever reads sees the old content or the
     * new one, never a part.
     *
     * @return its size in bytes
     * @throws dev.objectos.runtime.PlatformException {@code PAYLOAD_TOO_LARGE}, or {@code QUOTA_EXCEEDED} where the plugin's
     *         files would take more room together than its {@code limits.storage}; the old content stays
     */
    long write(String path, InputStream content) throws IOException;

    /** Removes a file, or an empty folder; whether it was there. */
    boolean delete(String path) throws IOException;

    /** What is directly in a folder, by name; nothing where there is no such folder. Links are left out. */
    List<Entry> list(String folder) throws IOException;

    /**
     * A file or folder.
     *
     * @param path as the other methods take it
     * @param size in bytes; 0 for a folder
     */
    record Entry(String path, boolean folder, long size, Instant modifiedAt) {}
}
