package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the name of a constraint or index, as PostgreSQL reports it, back to the fields that people know. */
public final class ConstraintCatalog {

    /**
     * Bytes of the texts of a record that one index holds; PostgreSQL has room for 2,704, some of which the tenant and others
     * take.
     */
    public static final int MOST_INDEXED = 2_600;

    private final Map<String, Constraint> byName;
    private final Map<String, Map<String, List<String>>> ordered;

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

    private ConstraintCatalog(Map<String, Constraint> byName, Map<String, Map<String, List<String>>> ordered) {
        this.byName = byName;
        this.ordered = ordered;
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

    /**
     * The fields of an object whose values an index holds whole, and so has to have room for.
     *
     * @param index null: of all such indexes
     */
    public List<String> indexed(String object, @Nullable String index) {
        Map<String, List<String>> indexes = ordered.getOrDefault(object, Map.of());
        return index == null
                ? indexes.values().stream().flatMap(List::stream).distinct().toList()
                : indexes.getOrDefault(index, List.of());
    }

    private static ConstraintCatalog read(Catalog catalog) {
        var byName = new HashMap<String, Constraint>();
        var ordered = new HashMap<String, Map<String, List<String>>>();
        for (TableModel table : SchemaModel.of(catalog).tables().values()) {
            for (ConstraintModel constraint : table.constraints().values()) {
                byName.put(constraint.name(), new Constraint(table.object(), constraint.fields(), constraint.kind()));
            }
            for (IndexModel index : table.indexes().values()) {
                if (index.unique() || index.kind() == IndexModel.Kind.ORDERED) {
                    ordered.computeIfAbsent(table.object(), _ -> new LinkedHashMap<>()).put(index.name(),
                            index.fields());
                }
                if (index.unique()) {
                    byName.put(index.name(), new Constraint(table.object(), index.fields(), ConstraintKind.UNIQUE));
                }
            }
        }
        return new ConstraintCatalog(byName, ordered);
    }
}
