package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the name of a constraint or index, as PostgreSQL reports it, back to the fields that people know. */
public final class ConstraintCatalog {

    private final Map<String, Constraint> byName;

    /**
     * What a constraint guards.
     *
     * @param object the object whose table has it
     * @param fields API names of that object
     */
    public record Constraint(String object, List<String> fields, ConstraintKind kind) {

        public Constraint {
            fields = List.copyOf(fields);
        }
    }

    private ConstraintCatalog(Map<String, Constraint> byName) {
        this.byName = byName;
    }

    public static ConstraintCatalog of(Catalog catalog) {
        return catalog.derive(ConstraintCatalog.class, ConstraintCatalog::read);
    }

    /**
     * The constraint of that name. A missing required value (SQLSTATE 23502) is reported by column instead; the column
     * leads to the field by {@link PhysicalTable#columns()}.
     */
    public Optional<Constraint> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static ConstraintCatalog read(Catalog catalog) {
        var byName = new HashMap<String, Constraint>();
        for (TableModel table : SchemaModel.of(catalog).tables().values()) {
            for (ConstraintModel constraint : table.constraints().values()) {
                byName.put(constraint.name(), new Constraint(table.object(), constraint.fields(), constraint.kind()));
            }
            for (IndexModel index : table.indexes().values()) {
                if (index.unique()) {
                    byName.put(index.name(), new Constraint(table.object(), index.fields(), ConstraintKind.UNIQUE));
                }
            }
        }
        return new ConstraintCatalog(byName);
    }
}
