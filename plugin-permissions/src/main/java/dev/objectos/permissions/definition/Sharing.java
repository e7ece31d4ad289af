package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * Which records an operation reaches that a set grants without conditions.
 *
 * @param parent the lookup that leads to the parent, with {@code PARENT}
 */
public record Sharing(Default records, @Nullable String parent, SourceLocation where) {

    /** Where nothing is written. */
    public static final Sharing OPEN = new Sharing(Default.OPEN, null, SourceLocation.BUILT_IN);

    /** From where on rules grant and restrict. */
    public enum Default {
        /** All. */
        OPEN,
        /** All for reading, one's own for changes. */
        READ,
        /** One's own, or what rules say. */
        PRIVATE,
        /** Those whose parent is open. */
        PARENT
    }
}
