package dev.objectos.server.graphql.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.ScalarValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Types of values that GraphQL itself does not have. What they hold is checked where all values are, on writing. */
final class PlatformScalars {

    /** What {@code Int} is to GraphQL with 32 bits. */
    static final GraphQLScalarType BIG_INT = scalar("BigInt",
            "A whole number of 64 bits, a JSON number; may be written as a text too, where JSON numbers lose digits.",
            new Wholes());
    static final GraphQLScalarType DECIMAL = scalar("Decimal", "A number with all its digits, a JSON number; may be "
            + "written as a text too, where JSON numbers lose digits.", new Numbers());
    static final GraphQLScalarType DATE = scalar("Date",
            "A calendar date, such as \"2026-01-31\"; in a filter also a macro, such as \"{this_month}\".",
            new Texts());
    static final GraphQLScalarType TIME = scalar("Time", "A time of day, such as \"14:30:00\".", new Texts());
    static final GraphQLScalarType DATE_TIME = scalar("DateTime", "An instant (RFC 3339), such as "
            + "\"2026-01-31T14:30:00Z\"; in a filter also a date or a macro, such as \"{last_n_days:7}\".",
            new Texts());
    static final GraphQLScalarType JSON = scalar("JSON", "Any JSON value.", new Tree());
    static final GraphQLScalarType GROUP_KEY = scalar("GroupKey",
            "What is grouped by: a field's name, also behind lookups (\"account.industry\"), or {field: \"created_at\", "
                    + "granularity: \"month\"} with day, week, month, quarter or year.",
            new Tree());

    /** More than any number of 64 bits has. */
    private static final int MOST_DIGITS = 20;

    private PlatformScalars() {}

    private static GraphQLScalarType scalar(String name, String description, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).description(description).coercing(coercing).build();
    }

    /** Values as Java has them, of a type that GraphQL's syntax or JSON may give in several ways. */
    private abstract static class Lenient implements Coercing<Object, Object> {

        /** The value; null: it is none of the type. */
        abstract @Nullable Object of(@Nullable Object value);

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            Object value = of(input);
            if (value == null) {
                throw CoercingParseValueException.newCoercingParseValueException()
                        .message("The value has the wrong type").build();
            }
            return value;
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            Object value = of(Literals.java(input, variables));
            if (value == null) {
                throw CoercingParseLiteralException.newCoercingParseLiteralException()
                        .message("The value has the wrong type").build();
            }
            return value;
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return Tree.literal(input);
        }
    }

    private static final class Wholes extends Lenient {

        private static final Pattern WRITTEN = Pattern.compile("-?\\d{1,19}");

        @Override
        @Nullable
        Object of(@Nullable Object value) {
            return switch (value) {
                case Integer whole -> whole.longValue();
                case Long whole -> whole;
                case BigInteger whole when whole.bitLength() < Long.SIZE -> whole.longValue();
                case BigDecimal number when number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS ->
                    of(number.toBigInteger());
                case String text when WRITTEN.matcher(text).matches() -> of(new BigInteger(text));
                case null, default -> null;
            };
        }
    }

    private static final class Numbers extends Lenient {

        private static final Pattern WRITTEN = Pattern.compile("-?\\d{1,1000}(\\.\\d{1,1000})?");

        @Override
        @Nullable
        Object of(@Nullable Object value) {
            return switch (value) {
                case Number number -> number;
                case String text when WRITTEN.matcher(text).matches() -> new BigDecimal(text);
                case null, default -> null;
            };
        }
    }

    private static final class Texts extends Lenient {

        @Override
        @Nullable
        Object of(@Nullable Object value) {
            return value instanceof String ? value : null;
        }
    }

    private static final class Tree extends Lenient {

        @Override
        @Nullable
        Object of(@Nullable Object value) {
            return value;
        }

        static Value<?> literal(@Nullable Object value) {
            return switch (value) {
                case null -> NullValue.of();
                case Boolean flag -> BooleanValue.of(flag);
                case Number number -> number(number);
                case List<?> list -> ArrayValue.newArrayValue()
                        .values(list.stream().<Value>map(Tree::literal).toList()).build();
                case Map<?, ?> map -> ObjectValue.newObjectValue().objectFields(map.entrySet().stream()
                        .map(entry -> new ObjectField(String.valueOf(entry.getKey()), literal(entry.getValue())))
                        .toList()).build();
                default -> StringValue.of(value.toString());
            };
        }

        private static ScalarValue<?> number(Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.scale() <= 0
                    ? new IntValue(exact.toBigIntegerExact())
                    : new FloatValue(exact);
        }
    }
}
