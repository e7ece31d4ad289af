package dev.objectos.runtime.metadata;

/**
 * Where an element was written.
 *
 * @param file path relative to its source root, or {@code plugin-id!path} inside a plugin
 * @param line counted from 1; 0 where unknown
 * @param column counted from 1; 0 where unknown
 */
public record SourceLocation(String file, int line, int column) {

    /** Something that the platform brings itself. */
    public static final SourceLocation BUILT_IN = new SourceLocation("built-in", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
