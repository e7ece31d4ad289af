package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.spi.Masking;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is shown in place of a field's value.
 *
 * @param visibleTo the sets whose holders see the value itself; null: whoever may write it
 */
public record Mask(String field, Masking masking, @Nullable Set<String> visibleTo, SourceLocation where) {

    public Mask {
        visibleTo = visibleTo == null ? null : Set.copyOf(visibleTo);
    }
}
