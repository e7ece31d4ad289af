package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Operator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which operators compare which kinds of values. */
final class OperatorRules {

    private static final Set<Operator> NULLNESS = EnumSet.of(Operator.IS_NULL, Operator.IS_NOT_NULL);
    private static final Set<Operator> EQUALITY = with(NULLNESS, Operator.EQ, Operator.NE, Operator.IN,
            Operator.NOT_IN);
    private static final Set<Operator> ORDER = with(EQUALITY, Operator.GT, Operator.GTE, Operator.LT, Operator.LTE,
            Operator.BETWEEN);
    private static final Set<Operator> TEXT = with(ORDER, Operator.CONTAINS, Operator.NOT_CONTAINS, Operator.ICONTAINS,
            Operator.STARTS_WITH, Operator.ENDS_WITH, Operator.LIKE, Operator.ILIKE);
    private static final Set<Operator> LIST = with(EQUALITY, Operator.CONTAINS, Operator.NOT_CONTAINS);

    private static final Map<Operator, String> SPELLINGS = new EnumMap<>(Map.ofEntries(Map.entry(Operator.EQ, "$eq"),
            Map.entry(Operator.NE, "$ne"), Map.entry(Operator.GT, "$gt"), Map.entry(Operator.GTE, "$gte"),
            Map.entry(Operator.LT, "$lt"), Map.entry(Operator.LTE, "$lte"), Map.entry(Operator.IN, "$in"),
            Map.entry(Operator.NOT_IN, "$nin"), Map.entry(Operator.CONTAINS, "$contains"),
            Map.entry(Operator.NOT_CONTAINS, "not_contains"), Map.entry(Operator.ICONTAINS, "$icontains"),
            Map.entry(Operator.STARTS_WITH, "$startsWith"), Map.entry(Operator.ENDS_WITH, "$endsWith"),
            Map.entry(Operator.LIKE, "$like"), Map.entry(Operator.ILIKE, "$ilike"),
            Map.entry(Operator.BETWEEN, "$between"), Map.entry(Operator.IS_NULL, "$null"),
            Map.entry(Operator.IS_NOT_NULL, "$notNull")));

    private OperatorRules() {}

    static void check(String field, ValueKind kind, Operator operator) {
        Set<Operator> usable = usable(kind);
        if (!usable.contains(operator)) {
            throw refused(spelling(operator) + " cannot be used on " + field + ", which is " + kind.label() + "; use "
                    + usable.stream().map(OperatorRules::spelling).collect(Collectors.joining(", ")));
        }
    }

    /** As filters write the operator. */
    static String spelling(Operator operator) {
        return String.valueOf(SPELLINGS.get(operator));
    }

    static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_FILTER, message);
    }

    private static Set<Operator> usable(ValueKind kind) {
        return switch (kind) {
            case TEXT -> TEXT;
            case NUMBER, DATE, TIME, INSTANT, ID -> ORDER;
            case BOOLEAN -> EQUALITY;
            case LIST -> LIST;
            case JSON, VECTOR, SEALED -> NULLNESS;
        };
    }

    private static Set<Operator> with(Set<Operator> some, Operator... more) {
        var all = EnumSet.copyOf(some);
        all.addAll(Set.of(more));
        return all;
    }
}
