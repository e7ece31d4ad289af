package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.spi.RowFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What narrows every occurrence of a table: its tenant, and what the rewriters say. */
final class RowRestriction {

    private static final FieldType TEXT = new FieldType.Text("text", null, null, null);
    private static final Scalar.Parameter TENANT = new Scalar.Parameter(Binding.Known.TENANT, new FieldType.Id(),
            false);
    private static final Scalar.Parameter NOW = new Scalar.Parameter(Binding.Known.NOW, new FieldType.Instant(), false);

    private RowRestriction() {}

    /** The rows of the scope's root that may be seen. */
    static Rows rows(RowScope scope) {
        return rows(scope, List.of());
    }

    /**
     * The rows of the scope's root that may be seen and satisfy further conditions. Call it last: it takes the joins that
     * the scope has by then.
     */
    static Rows rows(RowScope scope, List<RowCondition> further) {
        var conditions = new ArrayList<RowCondition>();
        if (!scope.root().table().global()) {
            conditions.add(new RowCondition.Compare(scope.root().tenant(), RowCondition.Comparator.EQUAL, TENANT));
        }
        if (!scope.trusted()) {
            RowCondition filter = condition(scope.statement().rights().filter(scope.object()), scope.asTrusted());
            if (!filter.equals(RowCondition.ALWAYS)) {
                conditions.add(filter);
            }
        }
        conditions.addAll(further);
        return new Rows(scope.root(), scope.joins(), conditions);
    }

    /** The filter as a condition on the rows of a trusted scope's root; it may need joins that the scope does not have yet. */
    static RowCondition condition(RowFilter filter, RowScope trusted) {
        return switch (filter) {
            case RowFilter.Where(Predicate predicate) -> new ConditionPlanner(trusted).plan(predicate);
            case RowFilter.Matching matching -> new RowCondition.Holds(matching.condition(),
                    trusted.inputs(matching.condition()), attributes(matching.attributes()),
                    trusted.statement().rights().userPresent());
            case RowFilter.AllOf(List<RowFilter> filters) -> {
                List<RowCondition> terms = filters.stream().map(one -> condition(one, trusted))
                        .filter(one -> !one.equals(RowCondition.ALWAYS)).toList();
                yield terms.size() == 1 ? terms.getFirst() : new RowCondition.And(terms);
            }
            case RowFilter.AnyOf(List<RowFilter> filters) -> {
                List<RowCondition> terms = filters.stream().map(one -> condition(one, trusted)).toList();
                yield terms.contains(RowCondition.ALWAYS) ? RowCondition.ALWAYS : new RowCondition.Or(terms);
            }
            case RowFilter.Not(RowFilter inner) -> new RowCondition.Not(condition(inner, trusted));
            case RowFilter.Through(String lookup, RowFilter inner) -> {
                RowScope target = trusted.follow(lookup);
                yield new RowCondition.And(List.of(new RowCondition.Not(new RowCondition.IsNull(target.root().id())),
                        condition(inner, target)));
            }
            case RowFilter.Listed listed -> listed(listed, trusted);
        };
    }

    private static RowCondition listed(RowFilter.Listed listed, RowScope scope) {
        var among = new TreeMap<String, Scalar>();
        listed.among().forEach((column, values) -> among.put(column,
                new Scalar.Parameter(new Binding.TextsOfSession(values), TEXT, true)));
        return new RowCondition.Listed(listed.schema(), listed.table(), TENANT, scope.object().name(),
                scope.root().id(), among, NOW);
    }

    private static Map<String, Scalar> attributes(Map<String, RowFilter.UserAttribute> attributes) {
        var scalars = new HashMap<String, Scalar>();
        attributes.forEach((name, attribute) -> scalars.put(name,
                UserAttributes.parameter(attribute.type(), new Binding.OfSession(attribute.value()))));
        return scalars;
    }
}
