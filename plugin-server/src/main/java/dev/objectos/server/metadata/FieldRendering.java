package dev.objectos.server.metadata;

import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field in the canonical spelling of the YAML language, and what the session may do with it. What names fields that the
 * session does not see is left out.
 */
final class FieldRendering {

    private final CatalogView view;
    private final ObjectDefinition object;
    private final Scope change;

    FieldRendering(CatalogView view, ObjectDefinition object) {
        this.view = view;
        this.object = object;
        this.change = Scope.change(object.name());
    }

    /** The object's own fields. */
    Map<String, Object> fields() {
        ObjectAccess access = view.access(object);
        var all = new LinkedHashMap<String, Object>();
        view.fields(object).forEach(field -> {
            Map<String, Object> rendered = field(field);
            rendered.put("creatable", access.creatable().contains(field.name()));
            rendered.put("editable", access.editable().contains(field.name()));
            rendered.put("masked", access.masked().contains(field.name()));
            all.put(field.name(), rendered);
        });
        return all;
    }

    /** Fields that are no part of a record, such as those of an action's parameters. */
    Map<String, Object> fields(Iterable<FieldDefinition> fields) {
        var rendered = new LinkedHashMap<String, Object>();
        fields.forEach(field -> rendered.put(field.name(), field(field)));
        return rendered;
    }

    private Map<String, Object> field(FieldDefinition field) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("type", field.type().name());
        rendered.put("label", field.label());
        put(rendered, "id", field.id().equals(field.name()) ? null : field.id());
        put(rendered, "description", field.description());
        put(rendered, "help_text", field.helpText());
        rendered.put("required", field.required());
        rendered.put("unique", field.unique());
        rendered.put("readonly", !field.writable());
        rendered.put("hidden", field.hidden());
        rendered.put("searchable", field.searchable());
        rendered.put("index", field.indexed());
        rendered.put("external_id", field.externalId());
        rendered.put("track_history", field.trackHistory());
        rendered.put("system", field.system());
        type(rendered, field);
        put(rendered, "default", field.defaultValue() == null ? null : defaultValue(field.defaultValue()));
        put(rendered, "required_when", view.text(object, field.rules().requiredWhen(), change));
        put(rendered, "readonly_when", view.text(object, field.rules().readonlyWhen(), change));
        put(rendered, "visible_when", view.text(object, field.rules().visibleWhen(), change));
        if (view.administers()) {
            access(rendered, field.access());
        }
        further(field.descriptive(), rendered);
        return rendered;
    }

    /** Adds what the server does not read, but for what names fields of the object that the session does not see. */
    void further(Map<String, Object> written, Map<String, Object> rendered) {
        Set<String> hidden = view.access(object).hidden();
        written.forEach((key, value) -> {
            Object left = Mentions.without(hidden, value);
            if (left != null) {
                rendered.putIfAbsent(key, left);
            }
        });
    }

    static void put(Map<String, Object> rendered, String name, @Nullable Object value) {
        if (value != null) {
            rendered.put(name, value);
        }
    }

    private @Nullable Object defaultValue(DefaultValue value) {
        return switch (value) {
            case DefaultValue.Literal literal -> literal.value();
            case DefaultValue.Computed computed -> {
                String text = view.text(object, computed.expression(), Scope.creation(object.name()));
                yield text == null ? null : "${" + text + "}";
            }
        };
    }

    private static void access(Map<String, Object> rendered, FieldAccess access) {
        if (access.equals(FieldAccess.OPEN)) {
            return;
        }
        var permissions = new LinkedHashMap<String, Object>();
        put(permissions, "visible_to", access.visibleTo());
        put(permissions, "editable_by", access.editableBy());
        put(permissions, "declassified", access.declassified() ? Boolean.TRUE : null);
        rendered.put("permissions", permissions);
    }

    private void type(Map<String, Object> rendered, FieldDefinition field) {
        switch (field.type()) {
            case FieldType.Text text -> {
                put(rendered, "min_length", text.minLength());
                put(rendered, "max_length", text.maxLength());
                put(rendered, "pattern", text.pattern());
            }
            case FieldType.Password password -> {
                put(rendered, "min_length", password.minLength());
                put(rendered, "max_length", password.maxLength());
            }
            case FieldType.Decimal decimal -> {
                put(rendered, "precision", decimal.precision());
                put(rendered, "scale", decimal.scale());
                put(rendered, "min", decimal.min());
                put(rendered, "max", decimal.max());
            }
            case FieldType.Whole whole -> {
                put(rendered, "min", whole.min());
                put(rendered, "max", whole.max());
            }
            case FieldType.Choice choice -> rendered.put("options", options(choice.options()));
            case FieldType.Choices choices -> {
                rendered.put("options", options(choices.options()));
                rendered.put("multiple", true);
            }
            case FieldType.Reference reference -> {
                rendered.put("reference_to", reference.target());
                rendered.put("on_delete", reference.onDelete().name().toLowerCase(Locale.ROOT));
            }
            case FieldType.References references -> {
                rendered.put("reference_to", references.target());
                rendered.put("multiple", true);
            }
            case FieldType.File file -> {
                rendered.put("multiple", file.multiple());
                put(rendered, "max_size", file.maxSize());
            }
            case FieldType.Json json -> put(rendered, "fields", json.shape().isEmpty() ? null : fields(json.shape()));
            case FieldType.Vector vector -> put(rendered, "dimension", vector.dimension());
            case FieldType.AutoNumber number -> rendered.put("format", number.format());
            case FieldType.Formula formula -> {
                put(rendered, "expression", view.reveals(object, field) ? formula.expression().text() : null);
                rendered.put("return_type", formula.returnType());
            }
            case FieldType.Summary summary -> rendered.put("summary", summary(summary));
            case FieldType.Secret _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _ -> {
                // Nothing beside the type's name.
            }
        }
    }

    private Map<String, Object> summary(FieldType.Summary summary) {
        ObjectDefinition child = view.catalog().object(summary.object()).orElse(object);
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("object", summary.object());
        put(rendered, "reference", seen(child, summary.reference()));
        rendered.put("function", summary.function().name().toLowerCase(Locale.ROOT));
        put(rendered, "field", seen(child, summary.field()));
        put(rendered, "filter", view.text(child, summary.filter(), Scope.formula(child.name())));
        return rendered;
    }

    private @Nullable String seen(ObjectDefinition child, @Nullable String field) {
        return field != null && view.access(child).sees(field) ? field : null;
    }

    private static List<Map<String, Object>> options(List<SelectOption> options) {
        return options.stream().map(FieldRendering::option).toList();
    }

    private static Map<String, Object> option(SelectOption option) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("value", option.value());
        rendered.put("label", option.label());
        option.descriptive().forEach(rendered::putIfAbsent);
        return rendered;
    }
}
