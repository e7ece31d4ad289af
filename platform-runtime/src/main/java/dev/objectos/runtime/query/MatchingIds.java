package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the ids of records by one field, through whatever answers queries. */
public final class MatchingIds {

    private static final int AT_ONCE = Page.MAXIMUM;

    private MatchingIds() {}

    /**
     * The ids of the records that have one of the values.
     *
     * @param reads answers a query within a session's rights
     * @param field whose values identify a record; where several share one, not all of a great many are found
     * @param values as JSON has them
     */
    public static List<UUID> find(Function<Query, JsonDocument> reads, String object, String field,
            Collection<?> values) {
        var wanted = List.<Object>copyOf(values);
        var found = new ArrayList<UUID>();
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            List<Object> some = wanted.subList(from, Math.min(from + AT_ONCE, wanted.size()));
            Predicate match = some.size() == 1
                    ? new Predicate.Comparison(FieldPath.of(field), Operator.EQ, new Operand.Literal(some.getFirst()))
                    : new Predicate.Comparison(FieldPath.of(field), Operator.IN, new Operand.Literals(some));
            var query = new Query(object, List.of(FieldPath.of(SystemFields.ID)), match, List.of(),
                    Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
            for (JsonNode row : JsonMapper.shared().readTree(reads.apply(query).utf8()).path("records")) {
                found.add(UUID.fromString(row.path(SystemFields.ID).asString()));
            }
        }
        return found;
    }
}
