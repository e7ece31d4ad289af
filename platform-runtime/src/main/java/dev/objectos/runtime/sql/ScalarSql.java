package dev.objectos.runtime.sql;

import dev.objectos.runtime.expression.SqlScope;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.Binding;
import dev.objectos.runtime.plan.Scalar;
import dev.objectos.runtime.plan.UserAttributes;
import dev.objectos.runtime.schema.ColumnType;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Values of a plan as SQL. */
final class ScalarSql {

    /** The alias under which rows are grouped. */
    static final String GROUPED = "g";

    private static final FieldType INSTANT = new FieldType.Instant();
    private static final FieldType DATE = new FieldType.Date();
    private static final FieldType TEXT = new FieldType.Text("text", null, null, null);

    private ScalarSql() {}

    static Field<Object> of(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Column column -> column(column.source().alias(), column.column().name());
            case Scalar.Computed computed -> typed(computed.expression()
                    .toSql(new Names(computed.inputs(), Map.of(), false)));
            case Scalar.Parameter parameter -> parameter(parameter);
            case Scalar.Period period -> period(period);
            case Scalar.Place(var list, var reference) -> sql("array_position({0}, {1})", of(list), of(reference));
            case Scalar.Named named -> column(GROUPED, named.name());
            case Scalar.Aggregate aggregate -> aggregate(aggregate);
        };
    }

    static Field<Object> column(String table, String column) {
        return DSL.field(DSL.name(table, column), Object.class);
    }

    static Field<Object> sql(String template, org.jooq.QueryPart... parts) {
        return DSL.field(template, Object.class, parts);
    }

    /** The type of a list parameter's elements; null for a parameter that is no list. */
    static @Nullable String elementType(Scalar.Parameter parameter) {
        return parameter.list() ? plainType(parameter.type()) : null;
    }

    private static Field<Object> parameter(Scalar.Parameter parameter) {
        String type = plainType(parameter.type()) + (parameter.list() ? "[]" : "");
        return sql("cast({0} as " + type + ")", ParameterPlace.of(parameter));
    }

    /** Without precision and scale, which would round what is compared. */
    private static String plainType(FieldType type) {
        return switch (ColumnType.of(type).base()) {
            case TEXT -> "text";
            case NUMERIC -> "numeric";
            case BIGINT -> "bigint";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMPTZ -> "timestamptz";
            case UUID -> "uuid";
            case TEXT_ARRAY -> "text[]";
            case UUID_ARRAY -> "uuid[]";
            case DOUBLE_ARRAY -> "double precision[]";
            case JSONB -> "jsonb";
        };
    }

    private static Field<Object> period(Scalar.Period period) {
        Field<Object> moment = of(period.moment());
        Field<Object> local = period.moment().type() instanceof FieldType.Instant
                ? sql("({0} at time zone {1})", moment,
                        parameter(new Scalar.Parameter(Binding.Known.ZONE, TEXT, false)))
                : sql("cast({0} as timestamp)", moment);
        return switch (period.granularity()) {
            case DAY -> sql("to_char({0}, 'YYYY-MM-DD')", local);
            case WEEK -> sql("to_char(date_trunc('week', {0}), 'YYYY-MM-DD')", local);
            case MONTH -> sql("to_char({0}, 'YYYY-MM')", local);
            case QUARTER -> sql("to_char({0}, 'YYYY\"-Q\"Q')", local);
            case YEAR -> sql("to_char({0}, 'YYYY')", local);
        };
    }

    private static Field<Object> aggregate(Scalar.Aggregate aggregate) {
        if (aggregate.of() == null) {
            return sql("count(*)");
        }
        Field<Object> value = of(Objects.requireNonNull(aggregate.of()));
        return switch (aggregate.function()) {
            case COUNT -> sql("count({0})", value);
            case COUNT_DISTINCT -> sql("count(distinct {0})", value);
            case SUM -> sql("sum({0})", value);
            case AVG -> sql("trim_scale(avg({0}))", value);
            case MIN -> sql("min({0})", value);
            case MAX -> sql("max({0})", value);
        };
    }

    @SuppressWarnings("unchecked")
    private static Field<Object> typed(Field<?> field) {
        return (Field<Object>) field;
    }

    /** What the names of an expression are in a statement. */
    record Names(Map<FieldPath, Scalar> inputs, Map<String, Scalar> userAttributes,
            boolean userPresent) implements SqlScope {

        @Override
        public Field<?> record(FieldPath path) {
            Scalar scalar = inputs.get(path);
            if (scalar == null) {
                throw new IllegalStateException("the plan lacks a field of an expression: " + path);
            }
            return of(scalar);
        }

        @Override
        public Field<?> currentUser(String attribute) {
            Scalar own = userAttributes.get(attribute);
            return of(own != null ? own : UserAttributes.named(attribute));
        }

        @Override
        public Field<?> now() {
            return parameter(new Scalar.Parameter(Binding.Known.NOW, INSTANT, false));
        }

        @Override
        public Field<?> today() {
            return parameter(new Scalar.Parameter(Binding.Known.TODAY, DATE, false));
        }
    }
}
