package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values while an expression is evaluated: the Java forms of {@link FieldValues}, but every number is a {@link BigDecimal},
 * a duration is a number of seconds, and instants have microseconds as the database has.
 */
final class Values {

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Values() {}

    /** From the form in which a field's value arrives. */
    static @Nullable Object incoming(@Nullable Object value, ExpressionType type) {
        if (type.equals(ExpressionType.JSON)) {
            return Conversions.json(value);
        }
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS);
            default -> value;
        };
    }

    /** To the form in which a value of the type leaves; a whole number that does not fit 64 bits becomes null. */
    static @Nullable Object outgoing(@Nullable Object value, ExpressionType type) {
        return switch (value) {
            case null -> null;
            case BigDecimal number when type.equals(ExpressionType.INTEGER) -> whole(number);
            case List<?> list when type instanceof ExpressionType.ListOf(ExpressionType element) -> {
                var elements = new ArrayList<@Nullable Object>(list.size());
                for (Object each : list) {
                    elements.add(outgoing(each, element));
                }
                yield elements;
            }
            default -> value;
        };
    }

    private static @Nullable Long whole(BigDecimal number) {
        return number.compareTo(LONG_MIN) < 0 || number.compareTo(LONG_MAX) > 0 ? null : number.longValue();
    }

    /** Two nulls are equal; numbers are equal whatever their scale. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left instanceof Number && right instanceof Number) {
            return decimal(left).compareTo(decimal(right)) == 0;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.size() == b.size() && a.entrySet().stream()
                    .allMatch(entry -> b.containsKey(entry.getKey()) && same(entry.getValue(), b.get(entry.getKey())));
        }
        return Objects.equals(left, right);
    }

    /** Of two values of one ordered type, neither null. */
    static int compare(Object left, Object right) {
        return switch (left) {
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case String text -> compareText(text, (String) right);
            case LocalDate date -> date.compareTo((LocalDate) right);
            case LocalTime time -> time.compareTo((LocalTime) right);
            case Instant instant -> instant.compareTo((Instant) right);
            default -> throw new IllegalStateException("values of " + left.getClass() + " have no order");
        };
    }

    /** By code points, as the collation "C" orders UTF-8; {@link String#compareTo} orders surrogates differently. */
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                boolean surrogateB = Character.isSurrogate(b);
                return surrogateA == surrogateB ? Character.compare(a, b) : surrogateA ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }
}
