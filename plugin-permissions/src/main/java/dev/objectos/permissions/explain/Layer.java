package dev.objectos.permissions.explain;

import dev.objectos.runtime.metadata.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * What one rule has to say about a question.
 *
 * @param layer {@code tenant}, {@code object}, {@code sharing}, {@code record}, {@code field} or {@code workflow}
 * @param rule its name; null: the layer's own way where nothing is written
 * @param source where it was written; null: nowhere, which {@link SourceLocation#BUILT_IN} stands for too
 * @param because in words
 */
public record Layer(String layer, Verdict verdict, @Nullable String rule, @Nullable SourceLocation source,
        String because) {

    public Layer {
        source = SourceLocation.BUILT_IN.equals(source) ? null : source;
    }

    /** What comes of it. */
    public enum Verdict {
        /** It allows. */
        GRANTED,
        /** It forbids, or what is needed is missing. */
        DENIED,
        /** It would say something, but not about this record. */
        NO_MATCH,
        /** It decides record by record. */
        DEPENDS
    }
}
