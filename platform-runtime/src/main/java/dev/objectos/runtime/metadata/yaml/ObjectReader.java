package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ObjectFeatures;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an object whose files have been added up. What it says of other objects is looked at by the linker. */
final class ObjectReader {

    private static final Set<String> READ = Set.of("name", "extends", "label", "plural_label", "description", "icon",
            "name_field", "system", "tenancy", "enable", "fields", "indexes", "unique_together", "validations",
            "actions", "permission_sets", "view");

    /** PostgreSQL takes 1,600 columns, those of fields that have retired among them. */
    private static final int MAX_FIELDS = 1_000;

    private static final List<String> NAME_FIELDS = List.of("name", "full_name", "title", "subject");

    private final Findings findings;

    ObjectReader(Findings findings) {
        this.findings = findings;
    }

    ObjectDefinition read(String name, String plugin, Entries object, SourceLocation source) {
        Map<String, FieldDefinition> fields = fields(name, object);
        var indexReader = new IndexReader(findings, fields);
        var rules = new RuleReader(findings, fields, indexReader).read(object.map("validations"));
        var indexes = indexReader.read(object);
        String base = object.text("extends");
        if (base != null && !ObjectAssembly.canonical(base).equals(name)) {
            findings.warning(object.keyWhere("extends"), "'extends' has no effect beside another name",
                    "write name: " + base + " to add to that object");
        }
        String label = object.text("label");
        if (label == null) {
            label = Names.humanise(name);
        }
        String plural = object.text("plural_label");
        Entries sets = object.map("permission_sets");
        var permissionSets = new LinkedHashMap<String, Object>();
        if (sets != null) {
            sets.entries().forEach((set, entry) -> permissionSets.put(set, entry.value().plain()));
        }
        return new ObjectDefinition(name, label, plural == null ? Names.plural(label) : plural,
                object.text("description"), object.text("icon"), nameField(object, fields), object.flag("system"),
                "global".equals(object.text("tenancy")) ? Tenancy.GLOBAL : Tenancy.SHARED, features(object), fields,
                indexes, rules, new ActionReader(name, findings).read(object.map("actions")), permissionSets, plugin,
                descriptive(object), source, object.flag("view"));
    }

    private Map<String, FieldDefinition> fields(String name, Entries object) {
        var own = new LinkedHashMap<String, FieldDefinition>();
        var ids = new HashMap<String, String>();
        Entries written = object.map("fields");
        if (written != null) {
            var reader = new FieldReader(name, findings, false);
            var reserved = new ReservedNames(findings);
            written.entries().forEach((field, entry) -> {
                FieldDefinition read = reader.read(field, entry);
                if (read == null || !reserved.allowsField(read)) {
                    return;
                }
                String twin = ids.putIfAbsent(read.id(), field);
                if (twin != null) {
                    findings.error(entry.keyWhere(), "the fields '" + twin + "' and '" + field + "' have the same id '"
                            + read.id() + "'", "give each field its own id");
                }
                own.put(field, read);
            });
            if (own.size() > MAX_FIELDS) {
                findings.error(object.keyWhere("fields"), "the object has " + own.size() + " fields, and no more than "
                        + MAX_FIELDS + " can be kept", "divide it into several objects with lookups between them");
            }
        }
        (object.flag("view") ? SystemFields.ofViews() : SystemFields.definitions()).forEach(own::putIfAbsent);
        return own;
    }

    private String nameField(Entries object, Map<String, FieldDefinition> fields) {
        String written = object.text("name_field");
        if (written != null) {
            if (!fields.containsKey(written)) {
                findings.error(object.valueWhere("name_field"), "name_field names the field '" + written
                        + "', which the object does not have", Spelling.suggest(written, fields.keySet()));
            }
            return written;
        }
        for (String candidate : NAME_FIELDS) {
            FieldDefinition field = fields.get(candidate);
            if (field != null && readsAsText(field.type())) {
                return candidate;
            }
        }
        for (FieldDefinition field : fields.values()) {
            if (field.type() instanceof FieldType.AutoNumber
                    || (field.required() && field.type() instanceof FieldType.Text)) {
                return field.name();
            }
        }
        return SystemFields.ID;
    }

    private static boolean readsAsText(FieldType type) {
        return type instanceof FieldType.Text || type instanceof FieldType.AutoNumber
                || (type instanceof FieldType.Formula formula && formula.returnType().equals("text"));
    }

    private static ObjectFeatures features(Entries object) {
        return new ObjectFeatures(on(object, "audit"), on(object, "trash"), on(object, "search"), on(object, "api"),
                on(object, "history"));
    }

    private static boolean on(Entries object, String feature) {
        Entries enable = object.map("enable");
        return isOn(object.get("enable_" + feature)) && (enable == null || isOn(enable.get(feature)));
    }

    private static boolean isOn(@Nullable Element written) {
        return !(written instanceof Scalar(Boolean on, _, _, _)) || on;
    }

    private static Map<String, Object> descriptive(Entries object) {
        var kept = new LinkedHashMap<String, Object>();
        object.entries().forEach((key, entry) -> {
            Object plain = entry.value().plain();
            if (!READ.contains(key) && !PermissionShapes.isObjectKey(key) && plain != null) {
                kept.put(key, plain);
            }
        });
        var advice = new ArrayList<Object>();
        Entries rules = object.map("validations");
        if (rules != null) {
            rules.entries().forEach((name, entry) -> {
                String severity = entry.value() instanceof Entries rule ? rule.text("severity") : null;
                if (entry.value() instanceof Entries rule && severity != null && !severity.equals("error")) {
                    var shown = new LinkedHashMap<String, Object>(rule.plain());
                    shown.put("name", name);
                    advice.add(shown);
                }
            });
        }
        if (!advice.isEmpty()) {
            kept.put("advisory_rules", advice);
        }
        return kept;
    }
}
