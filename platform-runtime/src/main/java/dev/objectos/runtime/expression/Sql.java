package dev.objectos.runtime.expression;

import dev.objectos.runtime.expression.ExpressionType.ListOf;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL under construction.
 *
 * @param field the piece
 * @param weight how many parts it has when it is written out, for what is used twice is written twice
 * @param whole whether its type is one of PostgreSQL's whole numbers rather than numeric
 */
record Sql(Field<?> field, double weight, boolean whole) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");

    private static final Map<ExpressionType, DataType<?>> TYPES = types();

    private static Map<ExpressionType, DataType<?>> types() {
        var types = new HashMap<ExpressionType, DataType<?>>();
        types.put(ExpressionType.TEXT, SQLDataType.CLOB);
        types.put(ExpressionType.DECIMAL, SQLDataType.NUMERIC);
        types.put(ExpressionType.INTEGER, SQLDataType.NUMERIC);
        types.put(ExpressionType.BOOLEAN, SQLDataType.BOOLEAN);
        types.put(ExpressionType.DATE, SQLDataType.LOCALDATE);
        types.put(ExpressionType.TIME, SQLDataType.LOCALTIME);
        types.put(ExpressionType.INSTANT, SQLDataType.INSTANT);
        types.put(ExpressionType.DURATION, SQLDataType.NUMERIC);
        types.put(ExpressionType.JSON, SQLDataType.JSONB);
        types.put(ExpressionType.NULL, SQLDataType.CLOB);
        return Map.copyOf(types);
    }

    /** A template with {@code {0}}, {@code {1}}, … for the parts; never with a value in its text. */
    static Sql of(String template, Sql... parts) {
        double weight = 1;
        Matcher place = PLACE.matcher(template);
        while (place.find()) {
            weight += parts[Integer.parseInt(place.group(1))].weight;
        }
        QueryPart[] fields = Arrays.stream(parts).map(Sql::field).toArray(QueryPart[]::new);
        return new Sql(DSL.field(template, Object.class, fields), weight, false);
    }

    /** The same as PostgreSQL's whole number. */
    Sql asWhole() {
        return new Sql(field, weight, true);
    }

    Sql numeric() {
        return whole ? of("cast({0} as numeric)", this) : this;
    }

    /** The parts one after another, separated by commas. */
    static Sql list(List<Sql> parts) {
        var template = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            template.append(i == 0 ? "{" : ", {").append(i).append('}');
        }
        return of(template.toString(), parts.toArray(Sql[]::new));
    }

    static Sql text(String text) {
        return of("cast({0} as text)", inline(text));
    }

    static Sql number(BigDecimal number) {
        boolean whole = number.scale() <= 0 && number.precision() <= 18;
        Sql plain = inline(whole ? (Object) number.longValueExact() : number);
        Sql shown = number.signum() < 0 ? of("({0})", plain) : plain;
        return whole ? shown.asWhole() : shown;
    }

    static Sql constant(@Nullable Object value, ExpressionType type) {
        if (value == null) {
            return of("cast(null as " + typeName(type) + ")");
        }
        return switch (value) {
            case String text -> text(text);
            case BigDecimal number -> number(number);
            case Boolean truth -> inline(truth);
            default -> of("cast({0} as " + typeName(type) + ")", inline(value.toString()));
        };
    }

    static Sql inline(Object value) {
        return new Sql(DSL.inline(value), 1, false);
    }

    /** PostgreSQL's name of a type; numbers are numeric. */
    static String typeName(ExpressionType type) {
        return switch (type) {
            case ListOf(ExpressionType element) -> typeName(element) + "[]";
            case ExpressionType.Reference _ -> "uuid";
            case ExpressionType.Scalar scalar -> switch (scalar.name()) {
                case "boolean", "date", "time" -> scalar.name();
                case "number", "integer", "duration" -> "numeric";
                case "datetime" -> "timestamptz";
                case "json" -> "jsonb";
                default -> "text";
            };
        };
    }

    /** The piece as a field of the type, a number as bigint where the type is whole. */
    Field<?> typed(ExpressionType type) {
        if (type.equals(ExpressionType.INTEGER)) {
            Sql guarded = whole
                    ? this
                    : of("case when {0} between -9223372036854775808 and 9223372036854775807 then cast({0} as bigint) end",
                            this);
            return guarded.field.coerce(SQLDataType.BIGINT);
        }
        Sql number = type.equals(ExpressionType.DECIMAL) ? numeric() : this;
        DataType<?> known = TYPES.get(type);
        if (known != null) {
            return number.field.coerce(known);
        }
        return switch (type) {
            case ListOf(ExpressionType element) -> {
                DataType<?> each = TYPES.getOrDefault(element, SQLDataType.UUID);
                yield number.field.coerce(each.array());
            }
            case ExpressionType.Reference _,ExpressionType.Scalar _ -> number.field.coerce(SQLDataType.UUID);
        };
    }
}
