package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Whether every object has its table or view, every stored field its column, and every view its object. */
record CatalogTables(DSLContext sql, Supplier<Catalog> catalogs) implements Check {

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public DoctorFinding examine() {
        Catalog catalog = catalogs.get();
        Map<String, Set<String>> standing = sql
                .resultQuery(
                        """
                                SELECT CASE WHEN c.relkind = 'v' THEN 'view' ELSE 'table' END || ' ' || c.relname, a.attname FROM pg_class c
                                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                WHERE c.relnamespace = 'data'::regnamespace AND c.relkind IN ('r', 'p', 'v')""")
                .fetch().stream()
                .collect(Collectors.groupingBy(row -> row.get(0, String.class),
                        Collectors.mapping(row -> row.get(1, String.class), Collectors.toSet())));
        var missing = new ArrayList<String>();
        for (ObjectDefinition object : catalog.objects()) {
            PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
            String kind = object.view() ? "view" : "table";
            Set<String> columns = standing.remove(kind + " " + table.name());
            if (columns == null) {
                missing.add("object " + object.name() + " has no " + kind);
                continue;
            }
            var wanted = new HashSet<String>();
            table.columns().values().stream().map(PhysicalColumn::name).forEach(wanted::add);
            if (!object.global()) {
                wanted.add("tenant_id");
            }
            wanted.stream().filter(column -> !columns.contains(column)).sorted()
                    .forEach(column -> missing.add("object " + object.name() + " has no column " + column));
        }
        standing.keySet().stream().filter(relation -> relation.startsWith("view ")).sorted()
                .forEach(view -> missing.add(view + " is that of no object"));
        return missing.isEmpty()
                ? DoctorFinding.ok(name(), catalog.objects().size() + " objects have theirs")
                : DoctorFinding.fail(name(), Breaches.told(List.copyOf(missing)),
                        "start the server, which publishes what is missing; drop views that nobody knows");
    }
}
