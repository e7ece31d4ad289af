package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * A value computed over a group, or over everything that matches.
 *
 * @param field null only for {@code COUNT}: the records themselves
 * @param alias its name in the answer
 */
public record Aggregation(Function function, @Nullable FieldPath field, String alias) {

    /** What is computed. */
    public enum Function {
        COUNT, SUM, AVG, MIN, MAX, COUNT_DISTINCT
    }
}
