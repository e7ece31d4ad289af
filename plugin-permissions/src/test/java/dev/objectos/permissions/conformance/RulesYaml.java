package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Grant;
import dev.objectos.permissions.conformance.ObjectRules.Mask;
import dev.objectos.permissions.conformance.ObjectRules.MaskPlace;
import dev.objectos.permissions.conformance.ObjectRules.RecordRule;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.SetField;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.ObjectRules.SharingRule;
import dev.objectos.permissions.conformance.Schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files that an author would write; JSON is YAML too. */
final class RulesYaml {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Rules rules;
    private final Schema schema;

    private RulesYaml(Rules rules) {
        this.rules = rules;
        this.schema = rules.schema();
    }

    /** All files by path. */
    static Map<String, String> files(Rules rules) {
        var yaml = new RulesYaml(rules);
        var files = new LinkedHashMap<String, String>();
        for (String object : Schema.OBJECTS) {
            Map<String, Object> file = yaml.object(object);
            Map<String, Object> permissions = yaml.permissions(object);
            if (rules.of(object).separate()) {
                permissions.put("object", object);
                files.put("permissions/" + object + ".permission.yml", JSON.writeValueAsString(permissions));
            } else {
                file.putAll(permissions);
            }
            files.put("objects/" + object + ".object.yml", JSON.writeValueAsString(file));
        }
        return files;
    }

    /** What is written about permissions alone, for people to read. */
    static String describe(Rules rules) {
        var yaml = new RulesYaml(rules);
        var text = new StringBuilder("tasks.account: " + rules.taskOfAccount() + ", tasks.deal: " + rules.taskOfDeal());
        for (String object : Schema.OBJECTS) {
            text.append('\n').append(object).append(": ").append(JSON.writeValueAsString(yaml.permissions(object)));
            rules.of(object).fields().forEach((field, restricted) -> text.append("\n  ").append(field).append(": ")
                    .append(JSON.writeValueAsString(restrictions(restricted))));
        }
        return text.toString();
    }

    private Map<String, Object> object(String object) {
        var fields = new LinkedHashMap<String, Object>();
        for (Schema.Field field : schema.fields(object).values()) {
            var written = new LinkedHashMap<String, Object>();
            type(field, written);
            FieldRules restricted = rules.of(object).fields().get(field.name());
            if (restricted != null) {
                written.putAll(restrictions(restricted));
            }
            if (field.name().equals("owner") ? !written.isEmpty() : !written.isEmpty() && !system(field)) {
                fields.put(field.name(), written);
            }
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("name", object);
        file.put("fields", fields);
        return file;
    }

    private static boolean system(Schema.Field field) {
        return field.kind() instanceof Kind.Platform || field.name().endsWith("_by") || field.name().equals("owner");
    }

    private static void type(Schema.Field field, Map<String, Object> written) {
        if (system(field)) {
            return;
        }
        switch (field.kind()) {
            case Kind.Text(boolean searchable) -> {
                written.put("type", "text");
                written.put("searchable", searchable);
            }
            case Kind.Email _ -> written.put("type", "email");
            case Kind.Choice(List<String> options) -> {
                written.put("type", "select");
                written.put("options", options);
            }
            case Kind.Whole _ -> written.put("type", "integer");
            case Kind.Lookup(String target, Schema.OnDelete onDelete, boolean masterDetail) -> {
                written.put("type", masterDetail ? "master_detail" : "lookup");
                written.put("reference_to", target);
                if (!masterDetail) {
                    written.put("on_delete", onDelete.name().toLowerCase(Locale.ROOT));
                }
            }
            case Kind.Formula formula -> {
                written.put("type", "formula");
                written.put("expression", formula.expression());
                written.put("return_type", formula.type());
                if (formula.declassified()) {
                    written.put("declassified", true);
                }
            }
            case Kind.Summary(String child, String _, @Nullable String summed) -> {
                written.put("type", "summary");
                written.put("summary", summed == null
                        ? Map.of("object", child, "function", "count")
                        : Map.of("object", child, "field", summed, "function", "sum"));
            }
            case Kind.File _ -> written.put("type", "file");
            case Kind.Platform _ -> {
            }
        }
    }

    private static Map<String, Object> restrictions(FieldRules field) {
        var written = new LinkedHashMap<String, Object>();
        var permissions = new LinkedHashMap<String, Object>();
        put(permissions, "visible_to", field.visibleTo());
        put(permissions, "editable_by", field.editableBy());
        if (!permissions.isEmpty()) {
            written.put("permissions", permissions);
        }
        if (field.mask() instanceof Mask(MaskPlace place, String format, var _) && place == MaskPlace.FIELD) {
            written.put("mask", format);
        }
        return written;
    }

    private Map<String, Object> permissions(String object) {
        ObjectRules of = rules.of(object);
        var written = new LinkedHashMap<String, Object>();
        var sets = new LinkedHashMap<String, Object>();
        of.sets().forEach((name, set) -> sets.put(name, set(set)));
        var roles = new LinkedHashMap<String, Object>();
        of.roles().forEach((name, role) -> roles.put(name,
                Map.of("inherits", role.inherits(), "permission_sets", role.permissionSets())));
        put(written, "permission_sets", sets);
        put(written, "object_permissions", of.objectPermissions());
        put(written, "roles", roles);
        fields(of, written);
        put(written, "record_rules", of.recordRules().stream().map(rule -> recordRule(object, rule)).toList());
        if (of.sharing() instanceof Sharing(ObjectRules.Default byDefault, @Nullable String parent)) {
            String word = byDefault.name().toLowerCase(Locale.ROOT);
            written.put("sharing",
                    parent == null ? Map.of("default", word) : Map.of("default", word, "parent", parent));
        }
        put(written, "sharing_rules", of.sharingRules().stream().map(rule -> sharingRule(object, rule)).toList());
        if (of.rowSecurity() instanceof RowSecurity security) {
            written.put("row_level_security", rowSecurity(object, security));
        }
        return written;
    }

    private static void fields(ObjectRules of, Map<String, Object> written) {
        var permissions = new LinkedHashMap<String, Object>();
        var masking = new LinkedHashMap<String, Object>();
        of.fields().forEach((name, field) -> {
            var said = new LinkedHashMap<String, Object>();
            put(said, "read", field.read());
            put(said, "update", field.update());
            put(said, "create", field.create());
            if (field.mask() instanceof Mask(MaskPlace place, String format, @Nullable List<String> visibleTo)) {
                switch (place) {
                    case FIELD -> {
                    }
                    case FIELD_PERMISSIONS -> said.put("mask", format);
                    case FIELD_MASKING -> masking.put(name, visibleTo == null
                            ? Map.of("mask_format", format)
                            : Map.of("mask_format", format, "visible_to", visibleTo));
                }
            }
            put(permissions, name, said);
        });
        put(written, "field_permissions", permissions);
        put(written, "field_masking", masking);
    }

    private static Map<String, Object> set(SetRules set) {
        var written = new LinkedHashMap<String, Object>();
        for (Operation operation : Operation.values()) {
            if (set.grants().get(operation) instanceof Grant(boolean granted, List<Condition.Compare> conditions)) {
                written.put(operation.grantKey(), conditions.isEmpty()
                        ? granted
                        : conditions.stream().map(ConditionYaml::ofSet).toList());
            }
        }
        if (set.viewAll()) {
            written.put("viewAllRecords", true);
        }
        if (set.modifyAll()) {
            written.put("modifyAllRecords", true);
        }
        put(written, "inherits", set.inherits());
        var fields = new LinkedHashMap<String, Object>();
        set.fields().forEach((name, field) -> fields.put(name, setField(field)));
        put(written, "fields", fields);
        return written;
    }

    private static Map<String, Object> setField(SetField field) {
        var written = new LinkedHashMap<String, Object>();
        put(written, "read", field.read());
        put(written, "update", field.update());
        put(written, "create", field.create());
        return written;
    }

    private Map<String, Object> recordRule(String object, RecordRule rule) {
        var written = new LinkedHashMap<String, Object>();
        written.put("name", rule.name());
        put(written, "priority", rule.priority());
        put(written, "roles", rule.roles());
        put(written, "operations", rule.operations().stream().map(Operation::word).toList());
        put(written, "permissions", words(rule.permissions()));
        written.put("condition", ConditionYaml.ofRule(rule.condition(), schema, object, rule.cel()));
        return written;
    }

    private Map<String, Object> sharingRule(String object, SharingRule rule) {
        var written = new LinkedHashMap<String, Object>();
        written.put("name", rule.name());
        written.put("type", "criteria");
        written.put("condition", ConditionYaml.ofRule(rule.condition(), schema, object, rule.cel()));
        var with = new LinkedHashMap<String, Object>();
        put(with, "roles", rule.roles());
        put(with, "users", rule.users());
        written.put("shared_with", with);
        put(written, "access", rule.access());
        put(written, "permissions", words(rule.permissions()));
        return written;
    }

    private Map<String, Object> rowSecurity(String object, RowSecurity security) {
        var exceptions = new ArrayList<Map<String, Object>>();
        security.exceptions().forEach(exemption -> {
            Condition condition = exemption.condition();
            exceptions.add(condition == null
                    ? Map.of("role", exemption.set(), "bypass", true)
                    : Map.of("role", exemption.set(), "condition",
                            ConditionYaml.ofRule(condition, schema, object, security.cel())));
        });
        var written = new LinkedHashMap<String, Object>();
        written.put("enabled", security.enabled());
        written.put("default_rule", ConditionYaml.ofRule(security.defaultRule(), schema, object, security.cel()));
        put(written, "exceptions", exceptions);
        return written;
    }

    private static Map<String, Object> words(Map<Operation, Boolean> permissions) {
        var words = new LinkedHashMap<String, Object>();
        permissions.forEach((operation, granted) -> words.put(operation.word(), granted));
        return words;
    }

    /** What is empty is not written; lists of sets that let nobody pass are. */
    private static void put(Map<String, Object> to, String key, @Nullable Object value) {
        boolean nothing = switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty() && !key.matches("visible_to|editable_by|read|update|create");
            default -> false;
        };
        if (!nothing) {
            to.put(key, value);
        }
    }
}
