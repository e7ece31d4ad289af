package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may run an action, or a transition of that name.
 *
 * @param condition on the record; null: none
 */
public record ActionPermission(String action, Set<String> sets, @Nullable Condition condition, SourceLocation where) {

    public ActionPermission {
        sets = Set.copyOf(sets);
    }
}
