package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.SelectOption;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A literal default as an SQL constant, which a new column gives to the rows that exist without rewriting them. */
final class ConstantSql {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ConstantSql() {}

    /** Null where the field has no default, or one that depends on the record. */
    static @Nullable String fill(FieldDefinition field) {
        if (field.type() instanceof FieldType.Formula
                || !(field.defaultValue() instanceof DefaultValue.Literal(Object value))) {
            return null;
        }
        try {
            Object parsed = FieldValues.parse(field.type(), value);
            return isOption(field.type(), parsed) ? constant(field.type(), parsed) : null;
        } catch (InvalidValueException _) {
            // The catalog's reader has reported it; the field simply has no usable default.
            return null;
        }
    }

    private static boolean isOption(FieldType type, Object value) {
        if (type instanceof FieldType.Choice choice) {
            return allows(choice.options(), List.of(value));
        }
        return !(type instanceof FieldType.Choices choices) || allows(choices.options(), (List<?>) value);
    }

    private static boolean allows(List<SelectOption> options, List<?> values) {
        return options.isEmpty() || options.stream().map(SelectOption::value).toList().containsAll(values);
    }

    private static String constant(FieldType type, Object value) {
        String sql = ColumnType.of(type).sql();
        return switch (ColumnType.of(type).base()) {
            case JSONB -> Ddl.text(JSON.writeValueAsString(value)) + "::jsonb";
            case TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> "ARRAY["
                    + Ddl.texts(((List<?>) value).stream().map(ConstantSql::plain).toList()) + "]::" + sql;
            case TEXT, NUMERIC, BIGINT, BOOLEAN, DATE, TIME, TIMESTAMPTZ, UUID -> Ddl.text(plain(value)) + "::" + sql;
        };
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
