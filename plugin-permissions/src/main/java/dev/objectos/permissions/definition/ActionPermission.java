package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may run an action, or a transition of that name.
 *
 * @param condition on the record; null: none
 * @param limits how often, the shortest first
 */
public record ActionPermission(String action, Set<String> sets, @Nullable Condition condition, List<RateLimit> limits,
        SourceLocation where) {

    public ActionPermission {
        sets = Set.copyOf(sets);
        limits = List.copyOf(limits);
    }
}
