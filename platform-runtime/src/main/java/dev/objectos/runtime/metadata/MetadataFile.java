package dev.objectos.runtime.metadata;

/**
 * A file of metadata as it was found.
 *
 * @param path relative to the root of its source, with {@code /} between folders
 * @param content bytes as they are; a source need not read more than one byte beyond {@link #MAX_BYTES}
 * @param version of what an administrator has edited; 0 for every other file
 */
@SuppressWarnings("ArrayRecordComponent") // files are never compared
public record MetadataFile(String path, byte[] content, int version) {

    /** Larger files are refused. */
    public static final int MAX_BYTES = 1_048_576;

    public MetadataFile(String path, byte[] content) {
        this(path, content, 0);
    }

    /** The same file with other content. */
    public MetadataFile holding(byte[] other) {
        return new MetadataFile(path, other, version);
    }
}
