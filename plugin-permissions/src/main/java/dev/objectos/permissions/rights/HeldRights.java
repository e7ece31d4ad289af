package dev.objectos.permissions.rights;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Map;
import java.util.Set;

/**
 * What somebody may do with an object, as far as statements differ by it.
 *
 * @param operations those that are possible at all
 * @param rows the records that an operation reaches, for each operation that is possible
 * @param hidden fields that do not exist for them
 * @param masked fields of which they see something else
 * @param locked fields that they may not write, by {@code CREATE} and {@code UPDATE}
 */
public record HeldRights(Set<Operation> operations, Map<Operation, RowFilter> rows, Set<String> hidden,
        Map<String, Masking> masked, Map<Operation, Set<String>> locked) {

    /** Everything. */
    static final HeldRights ALL = new HeldRights(Set.of(Operation.values()), Map.of(), Set.of(), Map.of(),
            Map.of());

    public HeldRights {
        operations = Set.copyOf(operations);
        rows = Map.copyOf(rows);
        hidden = Set.copyOf(hidden);
        masked = Map.copyOf(masked);
        locked = Map.copyOf(locked);
    }

    /** Nothing; what is touched on the way shows no field. */
    public static HeldRights none(Set<String> fields) {
        return new HeldRights(Set.of(), Map.of(), fields, Map.of(), Map.of());
    }

    public boolean may(Operation operation) {
        return operations.contains(operation);
    }

    /** The records that the operation reaches; of those for a change, readability apart. */
    public RowFilter rows(Operation operation) {
        return may(operation) ? rows.getOrDefault(operation, RowFilter.EVERYTHING) : RowFilter.NOTHING;
    }

    /** The same without those that people have opened one by one. */
    public RowFilter unshared(Operation operation) {
        return Filters.unshared(rows(operation));
    }

    /** Fields that such a change may not write. */
    public Set<String> locked(Operation operation) {
        return locked.getOrDefault(operation, Set.of());
    }
}
