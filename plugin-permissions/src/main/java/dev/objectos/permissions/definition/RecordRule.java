package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Grants or restricts operations on records for which a condition holds.
 *
 * @param sets for whose holders it is; null: for everybody
 * @param verdicts the operations that it speaks of; true grants, false restricts
 */
public record RecordRule(String name, int priority, @Nullable Set<String> sets, Map<Operation, Boolean> verdicts,
        Condition condition, SourceLocation where) {

    public RecordRule {
        sets = sets == null ? null : Set.copyOf(sets);
        verdicts = Map.copyOf(verdicts);
    }

    /** Whether it is for somebody who holds these sets. */
    public boolean isFor(Set<String> held) {
        return sets == null || !Collections.disjoint(sets, held);
    }
}
