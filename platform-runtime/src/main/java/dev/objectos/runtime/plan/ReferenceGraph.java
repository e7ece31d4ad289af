package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.OnDelete;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields refer to an object's records, and what happens to them when such a record is deleted. */
public final class ReferenceGraph {

    private final Map<String, List<Incoming>> byTarget;

    private ReferenceGraph(Map<String, List<Incoming>> byTarget) {
        this.byTarget = byTarget;
    }

    public static ReferenceGraph of(Catalog catalog) {
        return catalog.derive(ReferenceGraph.class, ReferenceGraph::read);
    }

    /** In the order of the catalog. */
    public List<Incoming> to(ObjectDefinition target) {
        return byTarget.getOrDefault(target.name(), List.of());
    }

    /**
     * A field that refers to some object.
     *
     * @param several whether it holds a list of references
     */
    public record Incoming(ObjectDefinition object, FieldDefinition field, OnDelete onDelete, boolean several) {

        /** Whether the field makes a record a part of the one that it refers to. */
        public boolean part() {
            return field.type() instanceof FieldType.Reference reference && reference.name().equals("master_detail");
        }
    }

    private static ReferenceGraph read(Catalog catalog) {
        var byTarget = new HashMap<String, List<Incoming>>();
        for (ObjectDefinition object : catalog.objects()) {
            if (object.view()) {
                continue;
            }
            for (FieldDefinition field : object.fields().values()) {
                switch (field.type()) {
                    case FieldType.Reference reference -> add(byTarget, catalog, reference.target(),
                            new Incoming(object, field, effective(field, reference.onDelete()), false));
                    case FieldType.References references -> add(byTarget, catalog, references.target(),
                            new Incoming(object, field, OnDelete.SET_NULL, true));
                    default -> {
                    }
                }
            }
        }
        return new ReferenceGraph(byTarget);
    }

    /** A required lookup cannot be emptied: the record that it refers to has to stay. */
    private static OnDelete effective(FieldDefinition field, OnDelete declared) {
        return declared == OnDelete.SET_NULL && field.required() ? OnDelete.RESTRICT : declared;
    }

    private static void add(Map<String, List<Incoming>> byTarget, Catalog catalog, String target, Incoming incoming) {
        catalog.object(target).ifPresent(
                object -> byTarget.computeIfAbsent(object.name(), _ -> new ArrayList<>()).add(incoming));
    }
}
