package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What takes records away, whatever is granted otherwise.
 *
 * @param rule the records that stay for everybody; null: none
 */
public record RowSecurity(@Nullable Condition rule, List<Exemption> exemptions, SourceLocation where) {

    public RowSecurity {
        exemptions = List.copyOf(exemptions);
    }

    /**
     * More for holders of some sets.
     *
     * @param condition the records that stay for them beside the others; null: all
     */
    public record Exemption(Set<String> sets, @Nullable Condition condition, SourceLocation where) {

        public Exemption {
            sets = Set.copyOf(sets);
        }
    }
}
