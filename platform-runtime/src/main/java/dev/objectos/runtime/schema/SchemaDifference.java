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
        steps.add(options.force() && !options.keepRemoved()
                ? new SchemaStep.DropTable(table.object(), table.name())
                : new SchemaStep.RetireTable(table.object(), table.name()));
    }

    private void releaseReferences(PublishedTable table) {
        for (PublishedTable.Constraint constraint : table.constraints().values()) {
            if (constraint.kind() == ConstraintKind.REFERENCE) {
                steps.add(drop(table, constraint));
            }
        }
    }

    private static SchemaStep drop(PublishedTable table, PublishedTable.Constraint constraint) {
        return new SchemaStep.DropConstraint(table.object(), table.name(), constraint.name(), constraint.kind(),
                constraint.fields());
    }

    /** The key changes with the tenancy, so no record can stay. */
    private void replace(PublishedTable standing, TableModel table) {
        long records = rows.count(standing.name(), "true");
        if (records > 0) {
            losses.add(new Loss(table.object(), null, "a change of the tenancy deletes all records", records, true));
        }
        releaseReferences(standing);
        steps.add(new SchemaStep.DropTable(standing.object(), standing.name()));
        create(table);
    }

    private void alter(PublishedTable standing, TableModel table) {
        if (standing.retired()) {
            steps.add(new SchemaStep.ReviveTable(table.object(), table.name()));
        }
        Set<String> retyped = retyped(standing, table);
        release(standing, table, retyped);
        removeColumns(standing, table);
        for (ColumnModel column : table.columns().values()) {
            Column there = standing.columns().get(column.name());
            if (there == null) {
                steps.add(new SchemaStep.AddColumn(table.object(), table.name(), column));
                continue;
            }
            if (there.retired()) {
                steps.add(new SchemaStep.ReviveColumn(table.object(), table.name(), column));
            } else if (!there.field().equals(column.field())) {
                steps.add(new SchemaStep.RenameField(table.object(), column.name(), there.field(), column.field()));
            }
            if (retyped.contains(column.name())) {
                changeType(table, there, column);
            }
        }
        for (ConstraintModel constraint : table.constraints().values()) {
            constrain(standing, table, constraint, retyped);
        }
        for (IndexModel index : table.indexes().values()) {
            index(standing, table, index, retyped);
        }
    }

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
        for (PublishedTable.Constraint constraint : standing.constraints().values()) {
            ConstraintModel wanted = table.constraints().get(constraint.name());
            if (wanted == null || !wanted.definition().equals(constraint.definition())
                    || touches(wanted.columns(), retyped)) {
                steps.add(drop(standing, constraint));
            }
        }
        for (PublishedTable.Index index : standing.indexes().values()) {
            if (!stays(index, table, retyped)) {
                steps.add(new SchemaStep.DropIndex(standing.object(), index.name(), index.fields()));
            }
        }
    }

    private boolean stays(PublishedTable.Index index, TableModel table, Set<String> retyped) {
        IndexModel wanted = table.indexes().get(index.name());
        return wanted != null && !touches(wanted.columns(), retyped)
                && indexDdl.definition(table, wanted).filter(index.definition()::equals).isPresent();
    }

    private static boolean touches(Collection<String> columns, Set<String> retyped) {
        return columns.stream().anyMatch(retyped::contains);
    }

    private void removeColumns(PublishedTable standing, TableModel table) {
        for (Column column : standing.columns().values()) {
            if (table.columns().containsKey(column.name()) || column.retired()) {
                continue;
            }
            if (!options.keepRemoved()) {
                lose(rows.count(standing.name(), Ddl.name(column.name()) + " IS NOT NULL"), table.object(),
                        column.field(), "the field and its values are deleted");
            }
            steps.add(options.force() && !options.keepRemoved()
                    ? new SchemaStep.DropColumn(table.object(), table.name(), column.name(), column.field())
                    : new SchemaStep.RetireColumn(table.object(), table.name(), column.name(), column.field()));
        }
    }

    private void lose(long count, String object, String field, String reason) {
        if (count > 0) {
            losses.add(new Loss(object, field, reason, count, true));
        }
    }

    private void changeType(TableModel table, Column there, ColumnModel column) {
        TypeChange change = TypeChange.of(Ddl.name(column.name()), there.type(), column.type());
        if (change.lossy() != null) {
            lose(rows.count(table.name(), change.lossy()), table.object(), column.field(),
                    "values do not fit the new type " + column.type());
        }
        steps.add(new SchemaStep.ChangeType(table.object(), table.name(), column, there.type(), change.using()));
    }

    private void constrain(PublishedTable standing, TableModel table, ConstraintModel constraint,
            Set<String> retyped) {
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
        long violations = violations(standing, constraint, column);
        boolean satisfied = violations == 0;
        if (!satisfied && missing) {
            boolean nullable = table.constraints().values().stream().noneMatch(
                    other -> other.kind() == ConstraintKind.REQUIRED && other.columns().equals(constraint.columns()));
            satisfied = mend(standing, constraint, column, nullable, violations);
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

    private long violations(PublishedTable standing, ConstraintModel constraint, ColumnModel column) {
        Column there = standing.columns().get(column.name());
        if (there == null) {
            boolean empty = constraint.kind() == ConstraintKind.REQUIRED && replacement(column) == null;
            return empty ? rows.count(standing.name(), "true") : 0;
        }
        if (!there.type().equals(column.type())) {
            TypeChange change = TypeChange.of(Ddl.name(column.name()), there.type(), column.type());
            return rows.countConverted(standing, column.name(), change.using(), constraint.violated());
        }
        return rows.count(standing.name(), constraint.violated());
    }

    private static @Nullable String replacement(ColumnModel column) {
        return column.defaultTo() == null ? column.fill() : column.defaultTo();
    }

    /** Whether the rows that break a constraint can be given another value; notes what that loses. */
    private boolean mend(PublishedTable standing, ConstraintModel constraint, ColumnModel column, boolean nullable,
            long violations) {
        String field = constraint.fields().getFirst();
        Column there = standing.columns().get(column.name());
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

    private void index(PublishedTable standing, TableModel table, IndexModel index, Set<String> retyped) {
        PublishedTable.Index there = standing.indexes().get(index.name());
        if (there != null && there.built() && stays(there, table, retyped)) {
            return;
        }
        indexDdl.definition(table, index).ifPresent(definition -> {
            boolean countable = index.columns().stream().allMatch(standing.columns()::containsKey);
            if (index.unique() && countable) {
                long shared = rows.duplicates(standing, index.columns());
                if (shared > 0) {
                    losses.add(new Loss(table.object(), index.fields().getFirst(),
                            "records share values that must be unique; make them distinct first", shared, false));
                }
            }
            steps.add(new SchemaStep.AddIndex(table.object(), table.name(), index, definition,
                    rows.any(standing.name()), false));
        });
    }
}
