package dev.objectos.runtime.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A business table as it stands in this database.
 *
 * @param retired its object is no longer in the catalog; the records are kept
 * @param columns by column name
 * @param constraints by name
 * @param indexes by name
 */
record PublishedTable(String object, String name, boolean global, boolean retired, Map<String, Column> columns,
        Map<String, Constraint> constraints, Map<String, Index> indexes) {

    /**
     * A column.
     *
     * @param retired its field is no longer in the catalog; the values are kept
     * @param identity the same for all columns of one field, which has another one with each type
     * @param generation counts these
     * @param filledFrom the column whose values are still to be taken over; null: they are there
     */
    record Column(String name, String field, String type, boolean retired, String identity, int generation,
            @Nullable String filledFrom) {}

    /**
     * A constraint.
     *
     * @param validated whether the rows that were there before it are known to satisfy it
     */
    record Constraint(String name, ConstraintKind kind, List<String> fields, String definition, boolean validated) {}

    /**
     * An index.
     *
     * @param built false where building it was begun and not seen to end
     */
    record Index(String name, List<String> fields, String definition, boolean built) {}

    /** The columns of one field, oldest first. */
    List<Column> columnsOf(String identity) {
        return columns.values().stream().filter(column -> column.identity().equals(identity))
                .sorted(Comparator.comparing(Column::generation)).toList();
    }

    /** Those that hold the values of one field, oldest first; several while nodes work with different ones. */
    List<Column> liveColumnsOf(String identity) {
        return columnsOf(identity).stream().filter(column -> !column.retired()).toList();
    }

    /** The latest column of a field; empty where it has none. */
    Optional<Column> latest(String identity) {
        List<Column> live = liveColumnsOf(identity);
        List<Column> known = live.isEmpty() ? columnsOf(identity) : live;
        return known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
    }

    /** Whether a field has more than one. */
    boolean hasSeveral(String identity) {
        return columnsOf(identity).size() > 1;
    }
}
