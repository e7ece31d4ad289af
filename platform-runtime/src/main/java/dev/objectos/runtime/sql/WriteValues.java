package dev.objectos.runtime.sql;

import dev.objectos.runtime.schema.ColumnType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A field's Java form to and from JDBC. */
final class WriteValues {

    private WriteValues() {}

    static void bind(PreparedStatement statement, int index, ColumnType.Base type, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.OTHER, typeName(type));
            return;
        }
        switch (type) {
            case TEXT -> statement.setString(index, (String) value);
            case NUMERIC -> statement.setBigDecimal(index, (BigDecimal) value);
            case BIGINT -> statement.setLong(index, (Long) value);
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case DATE, TIME, UUID -> statement.setObject(index, value);
            case TIMESTAMPTZ -> statement.setObject(index, ((Instant) value).atOffset(ZoneOffset.UTC));
            case TEXT_ARRAY -> array(statement, index, "text", (List<?>) value);
            case UUID_ARRAY -> array(statement, index, "uuid", (List<?>) value);
            case DOUBLE_ARRAY -> array(statement, index, "float8",
                    ((List<?>) value).stream().map(number -> ((BigDecimal) number).doubleValue()).toList());
            case JSONB -> statement.setString(index, WriteJson.text(value));
        }
    }

    static @Nullable Object read(ResultSet row, int index, ColumnType.Base type) throws SQLException {
        return switch (type) {
            case TEXT -> row.getString(index);
            case NUMERIC -> row.getBigDecimal(index);
            case BIGINT -> row.getObject(index, Long.class);
            case BOOLEAN -> row.getObject(index, Boolean.class);
            case DATE -> row.getObject(index, LocalDate.class);
            case TIME -> row.getObject(index, LocalTime.class);
            case TIMESTAMPTZ -> {
                OffsetDateTime moment = row.getObject(index, OffsetDateTime.class);
                yield moment == null ? null : moment.toInstant();
            }
            case UUID -> row.getObject(index, UUID.class);
            case TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> list(row.getArray(index));
            case JSONB -> {
                String json = row.getString(index);
                yield json == null ? null : WriteJson.parse(json);
            }
        };
    }

    private static void array(PreparedStatement statement, int index, String element, List<?> values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(element, values.toArray()));
    }

    private static @Nullable List<Object> list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        var values = new ArrayList<Object>();
        for (Object element : (Object[]) array.getArray()) {
            values.add(element instanceof Double number ? new BigDecimal(number.toString()) : element);
        }
        return values;
    }

    /**
     * A null must say its type. pgjdbc asks the server about a parameter whose type it does not know, and then ends the
     * implicit transaction between the setting of the tenant and the statement: the statement would run without a tenant.
     */
    private static String typeName(ColumnType.Base type) {
        return switch (type) {
            case TEXT, JSONB -> "varchar";
            case NUMERIC -> "numeric";
            case BIGINT -> "int8";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMPTZ -> "timestamptz";
            case UUID -> "uuid";
            case TEXT_ARRAY -> "_text";
            case UUID_ARRAY -> "_uuid";
            case DOUBLE_ARRAY -> "_float8";
        };
    }
}
