package dev.objectos.runtime.schema;

import dev.objectos.runtime.schema.PublishedTable.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what is published with what a catalog needs. */
final class SchemaDifference {

    private final Map<String, PublishedTable> published;
    private final SchemaModel needed;
    private final PublishOptions options;
    private final StoredRows rows;
    private final IndexDdl indexDdl;
    private final List<SchemaStep> steps = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    SchemaDifference(Map<String, PublishedTable> published, SchemaModel needed, PublishOptions options,
            StoredRows rows, IndexDdl indexDdl) {
        this.published = published;
        this.needed = needed;
        this.options = options;
        this.rows = rows;
        this.indexDdl = indexDdl;
    }

    SchemaPlan plan() {
        for (PublishedTable table : published.values()) {
            if (!needed.tables().containsKey(table.object()) && !table.retired()) {
                remove(table);
            }
        }
        for (TableModel table : needed.tables().values()) {
            PublishedTable standing = published.get(table.object());
            if (standing == null) {
                create(table);
            } else if (standing.global() != table.global()) {
                replace(standing, table);
            } else {
                alter(standing, table);
            }
        }
        // Stable: within a phase the order above stays.
        steps.sort(Comparator.comparing(SchemaStep::phase));
        return new SchemaPlan(steps, losses);
    }

    private void create(TableModel table) {
        steps.add(new SchemaStep.CreateTable(table));
        for (IndexModel index : table.indexes().values()) {
            indexDdl.definition(table, index).ifPresent(definition -> steps
                    .add(new SchemaStep.AddIndex(table.object(), table.name(), index, definition, false, true)));
        }
        for (ConstraintModel constraint : table.constraints().values()) {
            if (constraint.kind() == ConstraintKind.REFERENCE) {
                steps.add(new SchemaStep.AddConstraint(table.object(), table.name(), constraint, true));
            }
        }
    }

    private void remove(PublishedTable table) {
        if (!options.keepRemoved()) {
            long records = rows.count(table.name(), "true");
            if (records > 0) {
                losses.add(new Loss(table.object(), null, "the object and its records are deleted", records, true));
            }
        }
        // A retired record must not hold on to one that still lives.
        releaseReferences(table);
        if (options.force() && !options.keepRemoved()) {
            steps.addAll(partings(table));
            steps.add(new SchemaStep.DropTable(table.object(), table.name()));
        } else {
            steps.add(new SchemaStep.RetireTable(table.object(), table.name()));
        }
    }

    /** Before a table goes, whatever keeps its columns in step. */
    static List<SchemaStep> partings(PublishedTable table) {
        return table.columns().values().stream().map(Column::identity).distinct().filter(table::hasSeveral)
                .map(identity -> inStep(table, identity, List.of())).toList();
    }

    private static SchemaStep inStep(PublishedTable table, String identity, List<InStep.Part> parts) {
        return new SchemaStep.KeepInStep(table.object(), new InStep(table.name(), identity, parts));
    }

    /** One of several columns of a field that nobody works with any more; the others stay in step. */
    static List<SchemaStep> parting(PublishedTable table, Column gone) {
        var steps = new ArrayList<SchemaStep>();
        if (table.hasSeveral(gone.identity())) {
            steps.add(inStep(table, gone.identity(), table.liveColumnsOf(gone.identity()).stream()
                    .filter(column -> !column.equals(gone)).map(InStep.Part::of).toList()));
        }
        steps.add(new SchemaStep.DropColumn(table.object(), table.name(), gone.name(), gone.field()));
        return steps;
    }

    private void releaseReferences(PublishedTable table) {
        for (PublishedTable.Constraint constraint : table.constraints().values()) {
            if (constraint.kind() == ConstraintKind.REFERENCE) {
                steps.add(drop(table, constraint, false));
            }
        }
    }

    private static SchemaStep drop(PublishedTable table, PublishedTable.Constraint constraint, boolean superseded) {
        return new SchemaStep.DropConstraint(table.object(), table.name(), constraint.name(), constraint.kind(),
                constraint.fields(), superseded);
    }

    /** The key changes with the tenancy, so no record can stay. */
    private void replace(PublishedTable standing, TableModel table) {
        long records = rows.count(standing.name(), "true");
        if (records > 0) {
            losses.add(new Loss(table.object(), null, "a change of the tenancy deletes all records", records, true));
        }
        releaseReferences(standing);
        steps.addAll(partings(standing));
        steps.add(new SchemaStep.DropTable(standing.object(), standing.name()));
        create(table);
    }

    private void alter(PublishedTable standing, TableModel table) {
        if (standing.retired()) {
            steps.add(new SchemaStep.ReviveTable(table.object(), table.name()));
        }
        Set<String> retyped = retyped(standing, table);
        var sources = new ColumnSources(standing, table);
        release(standing, table, retyped);
        removeColumns(standing, table);
        for (ColumnModel column : table.columns().values()) {
            alter(standing, table, column, sources.of(column), retyped.contains(column.name()));
        }
        for (ConstraintModel constraint : table.constraints().values()) {
            constrain(standing, table, constraint, retyped, sources);
        }
        for (IndexModel index : table.indexes().values()) {
            index(standing, table, index, sources);
        }
    }

    /** @param source the column whose values it takes over; null: none */
    private void alter(PublishedTable standing, TableModel table, ColumnModel column, @Nullable Column source,
            boolean retyped) {
        Column there = standing.columns().get(column.name());
        if (there == null) {
            steps.add(source == null
                    ? new SchemaStep.AddColumn(table.object(), table.name(), column)
                    : retype(standing, table, column, source));
        } else if (there.retired()) {
            if (standing.hasSeveral(column.identity())) {
                steps.add(inStep(standing, column.identity(), List.of()));
            }
            steps.add(new SchemaStep.ReviveColumn(table.object(), table.name(), column));
        } else if (!there.field().equals(column.field())) {
            steps.add(new SchemaStep.RenameField(table.object(), column.name(), there.field(), column.field()));
        }
        if (source != null) {
            TypeChange change = conversion(table, column, source);
            steps.add(new SchemaStep.ConvertColumn(table.object(), table.name(), column, change.using()));
        } else if (there != null && retyped) {
            TypeChange change = conversion(table, column, there);
            steps.add(new SchemaStep.ChangeType(table.object(), table.name(), column, there.type(), change.using()));
        }
    }

    private static SchemaStep retype(PublishedTable standing, TableModel table, ColumnModel column, Column source) {
        var together = new ArrayList<InStep.Part>();
        standing.liveColumnsOf(column.identity()).forEach(live -> together.add(InStep.Part.of(live)));
        together.add(new InStep.Part(column.name(), column.type()));
        return new SchemaStep.RetypeColumn(table.object(), table.name(), column, source.name(), source.type(),
                together);
    }

    private TypeChange conversion(TableModel table, ColumnModel column, Column from) {
        TypeChange change = TypeChange.of(Ddl.name(from.name()), from.type(), column.type());
        if (change.lossy() != null) {
            lose(rows.count(table.name(), change.lossy()), table.object(), column.field(),
                    "values do not fit the new type " + column.type());
        }
        return change;
    }

    /** Those that have another type at once. */
    private static Set<String> retyped(PublishedTable standing, TableModel table) {
        var retyped = new HashSet<String>();
        for (ColumnModel column : table.columns().values()) {
            Column there = standing.columns().get(column.name());
            if (there != null && !there.type().equals(column.type())) {
                retyped.add(column.name());
            }
        }
        return retyped;
    }

    private void release(PublishedTable standing, TableModel table, Set<String> retyped) {
        List<String> earlier = others(standing, table, (there, needed) -> there < needed);
        List<String> later = others(standing, table, (there, needed) -> there > needed);
        for (PublishedTable.Constraint constraint : standing.constraints().values()) {
            ConstraintModel wanted = table.constraints().get(constraint.name());
            boolean stays = wanted != null && wanted.definition().equals(constraint.definition())
                    && !touches(wanted.columns(), retyped);
            if (!stays && !names(constraint.definition(), later)) {
                steps.add(drop(standing, constraint, wanted == null && names(constraint.definition(), earlier)));
            }
        }
        for (PublishedTable.Index index : standing.indexes().values()) {
            if (!stays(index, table) && !names(index.definition(), later)) {
                boolean superseded = !table.indexes().containsKey(index.name()) && names(index.definition(), earlier);
                steps.add(new SchemaStep.DropIndex(standing.object(), index.name(), index.fields(), superseded));
            }
        }
    }

    /** Columns that other nodes work with, as DDL writes them, although the catalog has its own for the field. */
    private static List<String> others(PublishedTable standing, TableModel table, BiPredicate<Integer, Integer> which) {
        var others = new ArrayList<String>();
        for (ColumnModel column : table.columns().values()) {
            standing.liveColumnsOf(column.identity()).stream()
                    .filter(there -> which.test(there.generation(), column.generation()))
                    .forEach(there -> others.add(Ddl.name(there.name())));
        }
        return others;
    }

    private static boolean names(String definition, List<String> columns) {
        return columns.stream().anyMatch(definition::contains);
    }

    /** PostgreSQL keeps the indexes of a column whose type changes at once. */
    private boolean stays(PublishedTable.Index index, TableModel table) {
        IndexModel wanted = table.indexes().get(index.name());
        return wanted != null && indexDdl.definition(table, wanted).filter(index.definition()::equals).isPresent();
    }

    private static boolean touches(Collection<String> columns, Set<String> retyped) {
        return columns.stream().anyMatch(retyped::contains);
    }

    private void removeColumns(PublishedTable standing, TableModel table) {
        Set<String> needed = table.columns().values().stream().map(ColumnModel::identity).collect(Collectors.toSet());
        for (Column column : standing.columns().values()) {
            // Another column of a field that is needed goes once no node works with it.
            if (needed.contains(column.identity()) || column.retired()) {
                continue;
            }
            if (!options.keepRemoved() && standing.latest(column.identity()).filter(column::equals).isPresent()) {
                lose(rows.count(standing.name(), Ddl.name(column.name()) + " IS NOT NULL"), table.object(),
                        column.field(), "the field and its values are deleted");
            }
            if (options.force() && !options.keepRemoved()) {
                if (standing.hasSeveral(column.identity())) {
                    steps.add(inStep(standing, column.identity(), List.of()));
                }
                steps.add(new SchemaStep.DropColumn(table.object(), table.name(), column.name(), column.field()));
            } else {
                steps.add(new SchemaStep.RetireColumn(table.object(), table.name(), column.name(), column.field()));
            }
        }
    }

    private void lose(long count, String object, String field, String reason) {
        if (count > 0) {
            losses.add(new Loss(object, field, reason, count, true));
        }
    }

    private void constrain(PublishedTable standing, TableModel table, ConstraintModel constraint,
            Set<String> retyped, ColumnSources sources) {
        PublishedTable.Constraint there = standing.constraints().get(constraint.name());
        boolean missing = there == null || !there.definition().equals(constraint.definition())
                || touches(constraint.columns(), retyped);
        if (!missing && Objects.requireNonNull(there).validated()) {
            return;
        }
        if (!rows.any(standing.name())) {
            add(missing, table, constraint, true);
            return;
        }
        ColumnModel column = Objects.requireNonNull(table.columns().get(constraint.columns().getFirst()));
        Column source = sources.of(column);
        long violations = violations(standing, constraint, column, source);
        boolean satisfied = violations == 0;
        if (!satisfied && missing) {
            boolean nullable = table.constraints().values().stream().noneMatch(
                    other -> other.kind() == ConstraintKind.REQUIRED && other.columns().equals(constraint.columns()));
            satisfied = mend(standing, constraint, column, source, nullable, violations);
        }
        add(missing, table, constraint, false);
        if (satisfied) {
            steps.add(new SchemaStep.ValidateConstraint(table.object(), table.name(), constraint.name(),
                    constraint.fields()));
        }
    }

    private void add(boolean missing, TableModel table, ConstraintModel constraint, boolean validated) {
        if (missing) {
            steps.add(new SchemaStep.AddConstraint(table.object(), table.name(), constraint, validated));
        }
    }

    private long violations(PublishedTable standing, ConstraintModel constraint, ColumnModel column,
            @Nullable Column source) {
        if (source != null) {
            TypeChange change = TypeChange.of(Ddl.name(source.name()), source.type(), column.type());
            return rows.countConverted(standing, column.name(), change.using(), constraint.violated());
        }
        if (!standing.columns().containsKey(column.name())) {
            boolean empty = constraint.kind() == ConstraintKind.REQUIRED && replacement(column) == null;
            return empty ? rows.count(standing.name(), "true") : 0;
        }
        return rows.count(standing.name(), constraint.violated());
    }

    private static @Nullable String replacement(ColumnModel column) {
        return column.defaultTo() == null ? column.fill() : column.defaultTo();
    }

    /** Whether the rows that break a constraint can be given another value; notes what that loses. */
    private boolean mend(PublishedTable standing, ConstraintModel constraint, ColumnModel column,
            @Nullable Column source, boolean nullable, long violations) {
        String field = constraint.fields().getFirst();
        Column there = source != null ? source : standing.columns().get(column.name());
        String value = constraint.kind() == ConstraintKind.REFERENCE ? null : replacement(column);
        if (constraint.kind() == ConstraintKind.REQUIRED) {
            if (value == null) {
                lose(violations, standing.object(), field,
                        "it is required and has no default, but records have no value");
                return false;
            }
        } else if (value == null && !nullable) {
            losses.add(new Loss(standing.object(), field,
                    "values may not stay, and the field is required; mend the records first", violations, false));
            return false;
        } else if (constraint.kind() == ConstraintKind.OPTIONS) {
            lose(violations, standing.object(), field, "values are no longer options");
        } else if (there != null && !there.retired() && !standing.retired()) {
            // What was deleted while the field was away is cleared in silence, as the deletion would have done.
            lose(violations, standing.object(), field, "values name no record of the new target");
        }
        steps.add(new SchemaStep.Backfill(standing.object(), standing.name(), column.name(), field,
                value == null ? "NULL" : value, constraint.violated()));
        return true;
    }

    private void index(PublishedTable standing, TableModel table, IndexModel index, ColumnSources sources) {
        PublishedTable.Index there = standing.indexes().get(index.name());
        if (there != null && there.built() && stays(there, table)) {
            return;
        }
        indexDdl.definition(table, index).ifPresent(definition -> {
            List<String> filled = sources.of(index.columns());
            if (index.unique() && standing.columns().keySet().containsAll(filled)) {
                long shared = rows.duplicates(standing, filled);
                if (shared > 0) {
                    losses.add(new Loss(table.object(), index.fields().getFirst(),
                            "records share values that must be unique; make them distinct first", shared, false));
                }
                long large = rows.tooLarge(standing, filled);
                if (large > 0) {
                    losses.add(new Loss(table.object(), index.fields().getFirst(), "values have more than "
                            + ConstraintCatalog.MOST_INDEXED + " bytes, too many to be unique; shorten them first",
                            large, false));
                }
            }
            steps.add(new SchemaStep.AddIndex(table.object(), table.name(), index, definition,
                    rows.any(standing.name()), false));
        });
    }
}
