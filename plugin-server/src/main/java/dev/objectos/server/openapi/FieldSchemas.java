package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.SelectOption;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a field's value. */
final class FieldSchemas {

    private FieldSchemas() {}

    /** The value as it is written. */
    static Map<String, Object> written(FieldDefinition field) {
        Map<String, Object> schema = type(field.type());
        if (field.type() instanceof FieldType.Password || field.type() instanceof FieldType.Secret) {
            schema.put("writeOnly", true);
        }
        return described(field, field.required() ? schema : Notation.nullable(schema));
    }

    /**
     * The value as it is read; a lookup may be shown as the record it refers to.
     *
     * @param masked something else stands in the value's place
     * @param described of which objects there is a schema
     */
    static Map<String, Object> read(FieldDefinition field, boolean masked, Predicate<String> described) {
        if (masked) {
            return described(field, Notation.nullable(Notation.plain("string")));
        }
        Map<String, Object> schema = type(field.type());
        if (field.type() instanceof FieldType.Reference reference && described.test(reference.target())) {
            var expanded = new LinkedHashMap<String, Object>();
            expanded.put("anyOf", List.of(schema, Map.of("$ref", "#/components/schemas/" + reference.target()),
                    Map.of("type", "null")));
            return described(field, expanded);
        }
        return described(field, Notation.nullable(schema));
    }

    private static Map<String, Object> described(FieldDefinition field, Map<String, Object> schema) {
        schema.put("title", field.label());
        put(schema, "description", field.description());
        if (!field.writable()) {
            schema.put("readOnly", true);
        }
        return schema;
    }

    private static Map<String, Object> type(FieldType type) {
        return switch (type) {
            case FieldType.Text text -> text(text);
            case FieldType.Password password -> text(password.minLength(), password.maxLength(), null);
            case FieldType.Secret _,FieldType.AutoNumber _ -> Notation.plain("string");
            case FieldType.Decimal decimal -> number("number", decimal.min(), decimal.max());
            case FieldType.Whole whole -> number("integer", whole.min(), whole.max());
            case FieldType.Bool _ -> Notation.plain("boolean");
            case FieldType.Date _ -> Notation.format("date");
            case FieldType.Time _ -> Notation.format("time");
            case FieldType.Instant _ -> Notation.format("date-time");
            case FieldType.Choice choice -> choice(choice.options());
            case FieldType.Choices choices -> array(choice(choices.options()));
            case FieldType.Id _,FieldType.Reference _ -> Notation.format("uuid");
            case FieldType.References _ -> array(Notation.format("uuid"));
            case FieldType.File file -> file.multiple() ? array(Notation.plain("string")) : Notation.plain("string");
            case FieldType.Json _ -> new LinkedHashMap<>();
            case FieldType.Vector _ -> array(Notation.plain("number"));
            case FieldType.Formula formula -> type(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary -> type(FieldValues.scalar(summary.returnType()));
        };
    }

    private static Map<String, Object> text(FieldType.Text text) {
        Map<String, Object> schema = text(text.minLength(), text.maxLength(), text.pattern());
        switch (text.name()) {
            case "email" -> schema.put("format", "email");
            case "url" -> schema.put("format", "uri");
            default -> {
            }
        }
        return schema;
    }

    private static Map<String, Object> text(@Nullable Integer min, @Nullable Integer max, @Nullable String pattern) {
        Map<String, Object> schema = Notation.plain("string");
        put(schema, "minLength", min);
        put(schema, "maxLength", max);
        put(schema, "pattern", pattern);
        return schema;
    }

    private static Map<String, Object> number(String type, @Nullable BigDecimal min, @Nullable BigDecimal max) {
        Map<String, Object> schema = Notation.plain(type);
        put(schema, "minimum", min);
        put(schema, "maximum", max);
        return schema;
    }

    private static Map<String, Object> choice(List<SelectOption> options) {
        Map<String, Object> schema = Notation.plain("string");
        if (!options.isEmpty()) {
            schema.put("enum", options.stream().map(SelectOption::value).toList());
        }
        return schema;
    }

    private static Map<String, Object> array(Map<String, Object> items) {
        Map<String, Object> schema = Notation.plain("array");
        schema.put("items", items);
        return schema;
    }

    private static void put(Map<String, Object> schema, String name, @Nullable Object value) {
        if (value != null) {
            schema.put(name, value);
        }
    }
}
