package dev.objectos.runtime.metadata;

/**
 * A file of metadata as it was found.
 *
 * @param path relative to the root of its source, with {@code /} between folders
 * @param content bytes as they are; a source need not read more than one byte beyond {@link #MAX_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // files are never compared
public record MetadataFile(String path, byte[] content) {

    /** Larger files are refused. */
    public static final int MAX_BYTES = 1_048_576;
}
