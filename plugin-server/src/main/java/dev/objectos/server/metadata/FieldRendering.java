package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SelectOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field in the canonical spelling of the YAML language. */
final class FieldRendering {

    private FieldRendering() {}

    static Map<String, Object> fields(Iterable<FieldDefinition> fields) {
        var rendered = new LinkedHashMap<String, Object>();
        fields.forEach(field -> rendered.put(field.name(), field(field)));
        return rendered;
    }

    static Map<String, Object> field(FieldDefinition field) {
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
        type(rendered, field.type());
        put(rendered, "default", field.defaultValue() == null ? null : defaultValue(field.defaultValue()));
        put(rendered, "required_when", text(field.rules().requiredWhen()));
        put(rendered, "readonly_when", text(field.rules().readonlyWhen()));
        put(rendered, "visible_when", text(field.rules().visibleWhen()));
        access(rendered, field.access());
        field.descriptive().forEach(rendered::putIfAbsent);
        return rendered;
    }

    static void put(Map<String, Object> rendered, String name, @Nullable Object value) {
        if (value != null) {
            rendered.put(name, value);
        }
    }

    static @Nullable String text(@Nullable ExpressionSource expression) {
        return expression == null ? null : expression.text();
    }

    private static Object defaultValue(DefaultValue value) {
        return switch (value) {
            case DefaultValue.Literal literal -> literal.value();
            case DefaultValue.Computed computed -> "${" + computed.expression().text() + "}";
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

    private static void type(Map<String, Object> rendered, FieldType type) {
        switch (type) {
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
            case FieldType.Choices choices -> rendered.put("options", options(choices.options()));
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
                rendered.put("expression", formula.expression().text());
                rendered.put("return_type", formula.returnType());
            }
            case FieldType.Summary summary -> rendered.put("summary", summary(summary));
            case FieldType.Secret _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _ -> {
                // Nothing beside the type's name.
            }
        }
    }

    private static Map<String, Object> summary(FieldType.Summary summary) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("object", summary.object());
        put(rendered, "reference", summary.reference());
        rendered.put("function", summary.function().name().toLowerCase(Locale.ROOT));
        put(rendered, "field", summary.field());
        put(rendered, "filter", text(summary.filter()));
        return rendered;
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
