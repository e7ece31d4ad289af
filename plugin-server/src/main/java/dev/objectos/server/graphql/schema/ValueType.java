package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.SystemFields;
import graphql.Scalars;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a field's values appear in GraphQL.
 *
 * @param scalar of one value
 * @param list whether a value is a list
 * @param filter type of the conditions on it; null: it takes none
 * @param ordered whether it can be sorted by, and has a least and a greatest value
 * @param number whether it can be summed
 */
record ValueType(GraphQLScalarType scalar, boolean list, Filter filter, boolean ordered, boolean number) {

    /** The types of conditions, which all objects share. */
    enum Filter {

        TEXT("TextFilter", Scalars.GraphQLString), //
        INT("IntFilter", Scalars.GraphQLInt), //
        WHOLE("BigIntFilter", PlatformScalars.BIG_INT), //
        DECIMAL("DecimalFilter", PlatformScalars.DECIMAL), //
        BOOLEAN("BooleanFilter", Scalars.GraphQLBoolean), //
        DATE("DateFilter", PlatformScalars.DATE), //
        TIME("TimeFilter", PlatformScalars.TIME), //
        INSTANT("DateTimeFilter", PlatformScalars.DATE_TIME), //
        ID("IdFilter", Scalars.GraphQLID), //
        TEXTS("TextListFilter", Scalars.GraphQLString), //
        IDS("IdListFilter", Scalars.GraphQLID), //
        PRESENCE("PresenceFilter", null);

        private final String type;
        private final @Nullable GraphQLScalarType operand;

        Filter(String type, @Nullable GraphQLScalarType operand) {
            this.type = type;
            this.operand = operand;
        }

        String type() {
            return type;
        }

        /** Of what the values are that are compared with; null: of nothing. */
        @Nullable
        GraphQLScalarType operand() {
            return operand;
        }
    }

    /** Null for a password, which is never shown. */
    static @Nullable ValueType of(FieldDefinition field) {
        return field.name().equals(SystemFields.VERSION) ? small() : of(field.type());
    }

    private static @Nullable ValueType of(FieldType type) {
        return switch (type) {
            case FieldType.Password _ -> null;
            case FieldType.Text _,FieldType.AutoNumber _,FieldType.Choice _ -> text();
            case FieldType.Secret _ -> new ValueType(Scalars.GraphQLString, false, Filter.PRESENCE, false, false);
            case FieldType.Decimal _ -> decimal();
            case FieldType.Whole whole -> isInt(whole.min()) && isInt(whole.max()) ? small() : whole();
            case FieldType.Bool _ -> new ValueType(Scalars.GraphQLBoolean, false, Filter.BOOLEAN, true, false);
            case FieldType.Date _ -> new ValueType(PlatformScalars.DATE, false, Filter.DATE,
                    true, false);
            case FieldType.Time _ -> new ValueType(PlatformScalars.TIME, false, Filter.TIME,
                    true, false);
            case FieldType.Instant _ -> new ValueType(PlatformScalars.DATE_TIME, false,
                    Filter.INSTANT, true, false);
            case FieldType.Id _,FieldType.Reference _ ->
                new ValueType(Scalars.GraphQLID, false, Filter.ID, true, false);
            case FieldType.References _ -> new ValueType(Scalars.GraphQLID, true, Filter.IDS, false, false);
            case FieldType.Choices _ -> new ValueType(Scalars.GraphQLString, true, Filter.TEXTS, false, false);
            case FieldType.File file -> file.multiple()
                    ? new ValueType(Scalars.GraphQLString, true, Filter.TEXTS, false, false)
                    : text();
            case FieldType.Json _ -> new ValueType(PlatformScalars.JSON, false,
                    Filter.PRESENCE, false, false);
            case FieldType.Vector _ -> new ValueType(Scalars.GraphQLFloat, true, Filter.PRESENCE, false, false);
            case FieldType.Formula formula -> of(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary when summary.function() == FieldType.SummaryFunction.COUNT -> small();
            case FieldType.Summary summary -> of(FieldValues.scalar(summary.returnType()));
        };
    }

    /** Whether a bound is there, and within 32 bits. */
    private static boolean isInt(@Nullable BigDecimal bound) {
        return bound != null && bound.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0
                && bound.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    private static ValueType small() {
        return new ValueType(Scalars.GraphQLInt, false, Filter.INT, true, true);
    }

    private static ValueType whole() {
        return new ValueType(PlatformScalars.BIG_INT, false, Filter.WHOLE, true, true);
    }

    private static ValueType text() {
        return new ValueType(Scalars.GraphQLString, false, Filter.TEXT, true, false);
    }

    private static ValueType decimal() {
        return new ValueType(PlatformScalars.DECIMAL, false, Filter.DECIMAL, true, true);
    }
}
