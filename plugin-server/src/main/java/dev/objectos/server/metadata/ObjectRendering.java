package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ObjectFeatures;
import dev.objectos.runtime.metadata.ValidationRule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An object in the canonical spelling of the YAML language, whatever spelling its author chose. */
final class ObjectRendering {

    private ObjectRendering() {}

    static Map<String, Object> object(ObjectDefinition object) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("name", object.name());
        rendered.put("label", object.label());
        rendered.put("plural_label", object.pluralLabel());
        FieldRendering.put(rendered, "description", object.description());
        FieldRendering.put(rendered, "icon", object.icon());
        rendered.put("name_field", object.nameField());
        rendered.put("system", object.system());
        rendered.put("tenancy", object.tenancy().name().toLowerCase(Locale.ROOT));
        rendered.put("enable", features(object.enable()));
        rendered.put("fields", FieldRendering.fields(object.fields().values()));
        if (!object.indexes().isEmpty()) {
            var indexes = new LinkedHashMap<String, Object>();
            object.indexes().forEach(index -> indexes.put(index.name(), index(index)));
            rendered.put("indexes", indexes);
        }
        if (!object.validations().isEmpty()) {
            rendered.put("validations", object.validations().stream().map(ObjectRendering::rule).toList());
        }
        if (!object.actions().isEmpty()) {
            var actions = new LinkedHashMap<String, Object>();
            object.actions().values().forEach(action -> actions.put(action.name(), action(action)));
            rendered.put("actions", actions);
        }
        if (!object.permissionSets().isEmpty()) {
            rendered.put("permission_sets", object.permissionSets());
        }
        object.descriptive().forEach(rendered::putIfAbsent);
        return rendered;
    }

    private static Map<String, Object> features(ObjectFeatures enable) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("audit", enable.audit());
        rendered.put("trash", enable.trash());
        rendered.put("search", enable.search());
        rendered.put("api", enable.api());
        rendered.put("history", enable.history());
        return rendered;
    }

    private static Map<String, Object> index(IndexDefinition index) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("fields", index.fields());
        rendered.put("unique", index.unique());
        return rendered;
    }

    private static Map<String, Object> rule(ValidationRule rule) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("name", rule.name());
        rendered.put("condition", rule.condition().text());
        FieldRendering.put(rendered, "when", FieldRendering.text(rule.when()));
        rendered.put("message", rule.message());
        rendered.put("fields", rule.fields());
        rendered.put("error_code", rule.errorCode());
        return rendered;
    }

    private static Map<String, Object> action(ActionDefinition action) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("type", action.onRecord() ? "record" : "global");
        rendered.put("label", action.label());
        if (!action.params().isEmpty()) {
            rendered.put("params", FieldRendering.fields(action.params().values()));
        }
        action.definition().forEach(rendered::putIfAbsent);
        return rendered;
    }
}
