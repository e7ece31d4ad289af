package dev.objectos.server.metadata;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ObjectFeatures;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An object in the canonical spelling of the YAML language, whatever spelling its author chose, as a session sees it: without
 * the fields that do not exist for it, and with what it may do.
 */
final class ObjectRendering {

    private final CatalogView view;
    private final ObjectDefinition object;
    private final ObjectAccess access;
    private final FieldRendering fields;

    private ObjectRendering(CatalogView view, ObjectDefinition object) {
        this.view = view;
        this.object = object;
        this.access = view.access(object);
        this.fields = new FieldRendering(view, object);
    }

    static Map<String, Object> object(CatalogView view, ObjectDefinition object) {
        return new ObjectRendering(view, object).object();
    }

    private Map<String, Object> object() {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("name", object.name());
        rendered.put("label", object.label());
        rendered.put("plural_label", object.pluralLabel());
        FieldRendering.put(rendered, "description", object.description());
        FieldRendering.put(rendered, "icon", object.icon());
        rendered.put("name_field", access.sees(object.nameField()) ? object.nameField() : SystemFields.ID);
        rendered.put("system", object.system());
        rendered.put("tenancy", object.tenancy().name().toLowerCase(Locale.ROOT));
        rendered.put("enable", features(object.enable()));
        rendered.put("operations", operations());
        rendered.put("fields", fields.fields());
        var indexes = new LinkedHashMap<String, Object>();
        object.indexes().stream().filter(index -> index.fields().stream().allMatch(access::sees))
                .forEach(index -> indexes.put(index.name(), index(index)));
        FieldRendering.put(rendered, "indexes", indexes.isEmpty() ? null : indexes);
        if (!object.validations().isEmpty()) {
            rendered.put("validations", object.validations().stream().map(this::rule).toList());
        }
        var actions = new LinkedHashMap<String, Object>();
        view.actions(object).forEach(action -> actions.put(action.name(), action(action)));
        FieldRendering.put(rendered, "actions", actions.isEmpty() ? null : actions);
        if (view.administers()) {
            FieldRendering.put(rendered, "permission_sets",
                    object.permissionSets().isEmpty() ? null : object.permissionSets());
            // Everything that the object itself says of rights: whoever saves it again must not lose any of it.
            view.catalog().item("permission", object.name() + ".object")
                    .ifPresent(rights -> rights.content().forEach(rendered::putIfAbsent));
        }
        fields.further(object.descriptive(), rendered);
        return rendered;
    }

    /** What the session may do with some records, if not with all. */
    private Map<String, Object> operations() {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("read", access.readable());
        for (ChangeAction action : List.of(ChangeAction.CREATE, ChangeAction.UPDATE, ChangeAction.DELETE)) {
            rendered.put(action.word(), access.changes().contains(action));
        }
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

    private Map<String, Object> rule(ValidationRule rule) {
        Scope change = Scope.change(object.name());
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("name", rule.name());
        FieldRendering.put(rendered, "condition", view.text(object, rule.condition(), change));
        FieldRendering.put(rendered, "when", view.text(object, rule.when(), change));
        rendered.put("message", rule.message());
        rendered.put("fields", rule.fields().stream().filter(access::sees).toList());
        rendered.put("error_code", rule.errorCode());
        return rendered;
    }

    private Map<String, Object> action(ActionDefinition action) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("type", action.onRecord() ? "record" : "global");
        rendered.put("label", action.label());
        if (!action.params().isEmpty()) {
            rendered.put("params", fields.fields(action.params().values()));
        }
        fields.further(action.definition(), rendered);
        return rendered;
    }
}
