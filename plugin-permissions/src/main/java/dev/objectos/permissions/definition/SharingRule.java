package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens records for which a condition holds to some people.
 *
 * @param manual whether people may share single records by themselves, to which the rule then sets the limits
 * @param sets for whose holders
 * @param people which users beside them, as a condition on the record and the acting user; null: none
 * @param condition null: every record
 */
public record SharingRule(String name, boolean manual, Set<String> sets, @Nullable Condition people,
        @Nullable Condition condition, Set<Operation> operations, SourceLocation where) {

    public SharingRule {
        sets = Set.copyOf(sets);
        operations = Set.copyOf(operations);
    }
}
