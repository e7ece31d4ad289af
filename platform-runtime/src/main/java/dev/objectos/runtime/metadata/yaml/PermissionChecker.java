package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks in permissions for fields and actions that their object does not have. */
final class PermissionChecker {

    private final Map<String, ObjectDefinition> objects;
    private final ObjectDefinition object;
    private final Set<String> transitions;
    private final Findings findings;

    /** @param transitions those of the object's workflows */
    PermissionChecker(Map<String, ObjectDefinition> objects, ObjectDefinition object, Set<String> transitions,
            Findings findings) {
        this.objects = objects;
        this.object = object;
        this.transitions = transitions;
        this.findings = findings;
    }

    /** @param content a permission file, or an object file with the same keys */
    void check(Entries content) {
        names(content.map("field_permissions"), "field", object.fields().keySet());
        names(content.map("field_masking"), "field", object.fields().keySet());
        var actions = new LinkedHashSet<>(object.actions().keySet());
        actions.addAll(transitions);
        names(content.map("action_permissions"), "action", actions);
        each(content.map("view_permissions"), view -> names(view.map("field_restrictions"), "field",
                object.fields().keySet()));
        each(content.map("permission_sets"), set -> {
            names(set.map("fields"), "field", object.fields().keySet());
            set.entries().values().forEach(grant -> {
                if (grant.value() instanceof Items conditions) {
                    conditions(conditions, object);
                }
            });
        });
        for (String rules : new String[]{"record_rules", "sharing_rules"}) {
            content.list(rules).forEach(rule -> {
                if (rule instanceof Entries map) {
                    conditions(map.get("condition"), object);
                }
            });
        }
        each(content.map("action_permissions"), action -> conditions(action.get("conditions"), object));
        Entries rowLevel = content.map("row_level_security");
        if (rowLevel != null) {
            conditions(rowLevel.get("default_rule"), object);
            conditions(rowLevel.get("exceptions"), object);
        }
    }

    private static void each(@Nullable Entries map, java.util.function.Consumer<Entries> action) {
        if (map != null) {
            map.entries().values().forEach(entry -> {
                if (entry.value() instanceof Entries inner) {
                    action.accept(inner);
                }
            });
        }
    }

    private void names(@Nullable Entries map, String what, Collection<String> known) {
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (!known.contains(name)) {
                    findings.warning(entry.keyWhere(), object.name() + " has no " + what + " '" + name + "'",
                            Spelling.suggest(name, known));
                }
            });
        }
    }

    /** Fields inside conditions; a condition on a related record names fields of that record. */
    private void conditions(@Nullable Element element, @Nullable ObjectDefinition about) {
        switch (element) {
            case Items items -> items.elements().forEach(item -> conditions(item, about));
            case Entries map -> {
                if (map.get("field") instanceof Scalar field && field.value() instanceof String name && about != null) {
                    field(name, field.where(), about);
                }
                ObjectDefinition inner = about;
                if (map.has("via")) {
                    if (map.get("via") instanceof Scalar via && about != null) {
                        field(via.text(), via.where(), about);
                    }
                    String related = map.text("object");
                    inner = related == null ? null : objects.get(ObjectAssembly.canonical(related));
                    if (related != null && inner == null) {
                        findings.warning(map.valueWhere("object"), "there is no object '" + related + "'",
                                Spelling.suggest(related, objects.keySet()));
                    }
                }
                ObjectDefinition within = inner;
                map.entries().forEach((key, entry) -> {
                    if (!key.equals("value")) {
                        conditions(entry.value(), within);
                    }
                });
            }
            case Scalar _ -> {
            }
            case null -> {
            }
        }
    }

    private void field(String path, SourceLocation where, ObjectDefinition about) {
        String plain = path.startsWith("record.") ? path.substring("record.".length()) : path;
        String first = plain.contains(".") ? plain.substring(0, plain.indexOf('.')) : plain;
        if (!about.fields().containsKey(first)) {
            findings.warning(where, about.name() + " has no field '" + first + "'",
                    Spelling.suggest(first, about.fields().keySet()));
        }
    }
}
