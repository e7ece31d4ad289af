package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the indexes of an object: its own, those that single fields ask for, and those of unique combinations. */
final class IndexReader {

    private final Findings findings;
    private final Map<String, FieldDefinition> fields;
    private final Map<String, IndexDefinition> indexes = new LinkedHashMap<>();
    private final Map<List<String>, String> covered = new HashMap<>();

    /**
     * @param fields all fields of the object, the platform's included
     */
    IndexReader(Findings findings, Map<String, FieldDefinition> fields) {
        this.findings = findings;
        this.fields = fields;
    }

    List<IndexDefinition> read(Entries object) {
        Entries written = object.map("indexes");
        if (written != null) {
            written.entries().forEach((name, entry) -> {
                boolean unique = entry.value() instanceof Entries index && index.flag("unique");
                Items listed = switch (entry.value()) {
                    case Entries index -> index.get("fields") instanceof Items items ? items : null;
                    case Items items -> items;
                    case Scalar _ -> null;
                };
                if (listed != null) {
                    add(name, listed.elements(), unique, entry.keyWhere());
                }
            });
        }
        List<Element> together = object.list("unique_together");
        if (!together.isEmpty() && together.getFirst() instanceof Scalar first) {
            add("", together, true, first.where());
        } else {
            together.forEach(item -> {
                if (item instanceof Items items) {
                    add("", items.elements(), true, items.where());
                }
            });
        }
        fields.values().forEach(this::ownIndex);
        return List.copyOf(indexes.values());
    }

    /** A unique index over fields that a rule names. */
    void unique(String name, List<Element> names, SourceLocation where) {
        add(name, names, true, where);
    }

    private void ownIndex(FieldDefinition field) {
        if (!field.indexed() || field.unique() || field.system() || field.type() instanceof FieldType.Reference) {
            return;
        }
        if (!indexable(field)) {
            findings.warning(field.source(), "'index' has no effect on a field of type " + field.type().name(),
                    "remove it");
        } else if (!covered.containsKey(List.of(field.name()))) {
            String name = free(field.name() + "_idx");
            indexes.put(name, new IndexDefinition(name, List.of(field.name()), false, field.source()));
        }
    }

    private void add(String name, List<Element> names, boolean unique, SourceLocation where) {
        var columns = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (Element element : names) {
            if (!(element instanceof Scalar scalar)) {
                continue;
            }
            FieldDefinition field = field(scalar);
            if (field == null) {
                return;
            }
            if (!seen.add(scalar.text())) {
                findings.error(scalar.where(), "the index names the field '" + scalar.text() + "' twice",
                        "remove one of them");
                return;
            }
            columns.add(scalar.text());
        }
        if (columns.isEmpty()) {
            findings.error(where, "the index names no field", "add fields: [name]");
            return;
        }
        String known = covered.get(columns);
        if (known != null && (!unique || indexes.getOrDefault(known, indexes.values().iterator().next()).unique())) {
            findings.warning(where, "the index over " + String.join(", ", columns) + " is already there as '" + known
                    + "'", "remove one of them");
            return;
        }
        String used = name.isEmpty() ? free(String.join("_", columns) + "_key") : free(name);
        covered.put(List.copyOf(columns), used);
        indexes.put(used, new IndexDefinition(used, columns, unique, where));
    }

    private @Nullable FieldDefinition field(Scalar name) {
        FieldDefinition field = fields.get(name.text());
        if (field == null) {
            findings.error(name.where(), "the object has no field '" + name.text() + "' to index",
                    Spelling.suggest(name.text(), fields.keySet()));
            return null;
        }
        if (!indexable(field)) {
            findings.error(name.where(), "a field of type " + field.type().name() + " cannot be indexed",
                    "remove '" + name.text() + "' from the index");
            return null;
        }
        return field;
    }

    private static boolean indexable(FieldDefinition field) {
        return field.stored() && !(field.type() instanceof FieldType.Vector)
                && !(field.type() instanceof FieldType.Json) && !(field.type() instanceof FieldType.Password)
                && !(field.type() instanceof FieldType.Secret);
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; indexes.containsKey(name); i++) {
            name = wanted + i;
        }
        return name;
    }
}
