package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** Whether whoever holds some sets may, as far as these go. */
    public boolean admits(Set<String> held) {
        return sets.stream().anyMatch(held::contains);
    }

    /** For whom it is, in words. */
    public String whose() {
        return "This is for " + (sets.isEmpty() ? "nobody" : String.join(", ", new TreeSet<>(sets)));
    }

    /** Why not with a record of which the condition does not hold, in words. */
    public String notWithThis() {
        return "The record is not one of which " + action + " is permitted";
    }
}
