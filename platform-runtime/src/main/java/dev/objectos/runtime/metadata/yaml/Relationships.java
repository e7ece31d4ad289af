package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Relationship;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names the child collections of every object. */
final class Relationships {

    private final Map<String, ObjectDefinition> objects;
    private final Violations violations;
    private final Map<String, Set<String>> taken = new LinkedHashMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<Relationship> relationships = new ArrayList<>();

    private Relationships(Map<String, ObjectDefinition> objects, Violations violations) {
        this.objects = objects;
        this.violations = violations;
    }

    static Collection<Relationship> of(Map<String, ObjectDefinition> objects, Violations violations) {
        var naming = new Relationships(objects, violations);
        // A name that the author chose is never taken away by one that is made up.
        objects.values().forEach(naming::chosen);
        objects.values().forEach(naming::madeUp);
        // What one tenant adds takes no name from the others.
        objects.values().forEach(naming::ofTenants);
        var order = new HashMap<String, Integer>();
        objects.keySet().forEach(name -> order.put(name, order.size()));
        naming.relationships.sort(Comparator.comparing(relationship -> order.getOrDefault(relationship.child(), 0)));
        return naming.relationships;
    }

    private void chosen(ObjectDefinition child) {
        for (FieldDefinition field : child.fields().values()) {
            if (field.tenant() == null && field.type() instanceof FieldType.Reference(_, String parent, _)
                    && field.descriptive().get("relationship_name") instanceof String name) {
                if (free(parent, name)) {
                    add(name, parent, child, field);
                } else {
                    violations.findings("object", child.name()).warning(field.source(), "'" + name
                            + "' is already a field or a child collection of " + parent,
                            "choose another relationship_name");
                }
            }
        }
    }

    private void madeUp(ObjectDefinition child) {
        var perParent = new LinkedHashMap<String, Integer>();
        for (FieldDefinition field : child.fields().values()) {
            if (!field.system() && field.tenant() == null
                    && field.type() instanceof FieldType.Reference(_, String parent, _)) {
                perParent.merge(parent, 1, Integer::sum);
            }
        }
        for (FieldDefinition field : child.fields().values()) {
            if (field.tenant() != null || !(field.type() instanceof FieldType.Reference(_, String parent, _))
                    || isNamed(child, field)) {
                continue;
            }
            boolean only = !field.system() && perParent.getOrDefault(parent, 0) == 1;
            add(only && free(parent, child.name()) ? child.name() : byField(parent, child, field), parent, child,
                    field);
        }
    }

    private void ofTenants(ObjectDefinition child) {
        for (FieldDefinition field : child.fields().values()) {
            if (field.tenant() != null && field.type() instanceof FieldType.Reference(_, String parent, _)) {
                add(byField(parent, child, field), parent, child, field);
            }
        }
    }

    private String byField(String parent, ObjectDefinition child, FieldDefinition field) {
        String name = child.name() + "_by_" + field.name();
        while (!free(parent, name)) {
            name = name + "_";
        }
        return name;
    }

    private boolean isNamed(ObjectDefinition child, FieldDefinition field) {
        return named.contains(child.name() + "." + field.name());
    }

    private boolean free(String parent, String name) {
        ObjectDefinition object = objects.get(parent);
        FieldDefinition field = object == null ? null : object.fields().get(name);
        return !taken.getOrDefault(parent, Set.of()).contains(name) && (field == null || field.tenant() != null);
    }

    private void add(String name, String parent, ObjectDefinition child, FieldDefinition field) {
        taken.computeIfAbsent(parent, _ -> new HashSet<>()).add(name);
        named.add(child.name() + "." + field.name());
        relationships.add(new Relationship(name, parent, child.name(), field.name()));
    }
}
