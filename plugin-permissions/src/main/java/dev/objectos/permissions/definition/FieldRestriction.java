package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do something with a field; everybody else may not.
 *
 * @param operation {@code READ}, {@code UPDATE} or {@code CREATE}
 * @param set the set whose own word this is, binding nobody who has the right by another set; null: it binds everybody
 * @param sets those that let their holders pass
 */
public record FieldRestriction(String field, Operation operation, @Nullable String set, Set<String> sets,
        SourceLocation where) {

    public FieldRestriction {
        sets = Set.copyOf(sets);
    }
}
