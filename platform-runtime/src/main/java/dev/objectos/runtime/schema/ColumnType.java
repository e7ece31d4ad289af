package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;

/**
 * The PostgreSQL type of a stored field.
 *
 * @param sql as DDL writes it, such as {@code numeric(18,2)}
 * @param base what kind of type it is
 */
public record ColumnType(String sql, Base base) {

    /** The kinds of types that columns have. */
    public enum Base {
        TEXT, NUMERIC, BIGINT, BOOLEAN, DATE, TIME, TIMESTAMPTZ, UUID, TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY, JSONB
    }

    /** The type of a stored field; a formula has none. */
    public static ColumnType of(FieldType type) {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.AutoNumber _ ->
                new ColumnType("text", Base.TEXT);
            case FieldType.Decimal decimal -> numeric(decimal);
            case FieldType.Whole _ -> new ColumnType("bigint", Base.BIGINT);
            case FieldType.Bool _ -> new ColumnType("boolean", Base.BOOLEAN);
            case FieldType.Date _ -> new ColumnType("date", Base.DATE);
            case FieldType.Time _ -> new ColumnType("time", Base.TIME);
            case FieldType.Instant _ -> new ColumnType("timestamptz", Base.TIMESTAMPTZ);
            case FieldType.Id _,FieldType.Reference _ -> new ColumnType("uuid", Base.UUID);
            case FieldType.References _ -> new ColumnType("uuid[]", Base.UUID_ARRAY);
            case FieldType.Choices _ -> new ColumnType("text[]", Base.TEXT_ARRAY);
            case FieldType.File file -> file.multiple()
                    ? new ColumnType("text[]", Base.TEXT_ARRAY)
                    : new ColumnType("text", Base.TEXT);
            case FieldType.Json _ -> new ColumnType("jsonb", Base.JSONB);
            case FieldType.Vector _ -> new ColumnType("double precision[]", Base.DOUBLE_ARRAY);
            case FieldType.Summary summary -> of(FieldValues.scalar(summary.returnType()));
            case FieldType.Formula _ -> throw new IllegalArgumentException("a formula has no column");
        };
    }

    private static ColumnType numeric(FieldType.Decimal decimal) {
        Integer scale = decimal.scale();
        if (scale == null) {
            return new ColumnType("numeric", Base.NUMERIC);
        }
        Integer precision = decimal.precision();
        return new ColumnType("numeric(" + (precision == null ? 38 : precision) + "," + scale + ")", Base.NUMERIC);
    }
}
