package dev.objectos.permissions.rights;

import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.share.Access;
import dev.objectos.permissions.share.Shares;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions as filters. Those that compare one field with constants become one comparison with a list, which is not part of
 * the statement: people with different constants share it, and two hundred rules cost what one does.
 */
final class ConditionFilters {

    private final Rights rights;
    private final String object;
    private final Map<String, RowFilter.UserAttribute> attributes;
    private final Map<Slot, Set<Object>> values = new LinkedHashMap<>();

    /** @param attributes what conditions know of the acting user beyond what every session knows */
    ConditionFilters(Rights rights, String object, Map<String, RowFilter.UserAttribute> attributes) {
        this.rights = rights;
        this.object = object;
        this.attributes = attributes;
    }

    /**
     * Where a list of constants stands in a statement.
     *
     * @param part which of an operation's conditions it belongs to
     */
    record Slot(Rights rights, String object, Operation operation, String part,
            FieldPath field) implements SessionValue {

        @Override
        public Object of(Session session) {
            return rights.constants(this, session);
        }
    }

    /** To whom a session's user belongs in shares: themselves, and the holders of each of their sets. */
    private record Grantees(Rights rights) implements SessionValue {

        @Override
        public Object of(Session session) {
            return rights.grantees(session);
        }
    }

    /** The same for every session. */
    private record Fixed(List<Object> values) implements SessionValue {

        @Override
        public Object of(Session session) {
            return values;
        }
    }

    /** The records that people have opened to the acting user for an operation. */
    RowFilter shared(Operation operation) {
        return new RowFilter.Listed(Shares.SCHEMA, Shares.TABLE, Map.of("grantee", new Grantees(rights), "access",
                new Fixed(Access.wordsFor(operation))));
    }

    /**
     * The records for which at least one of the conditions holds.
     *
     * @param part names what they have in common
     * @param unreadable what stands for a condition that could not be read
     */
    RowFilter any(List<Condition> conditions, Operation operation, String part, RowFilter unreadable) {
        var filters = new ArrayList<RowFilter>();
        for (Condition condition : conditions) {
            filters.add(filter(condition, operation, part, unreadable));
        }
        return Filters.any(filters);
    }

    private RowFilter filter(Condition condition, Operation operation, String part, RowFilter unreadable) {
        Condition.Constants constants = condition.constants();
        if (constants != null) {
            var slot = new Slot(rights, object, operation, part, constants.field());
            values.computeIfAbsent(slot, _ -> new LinkedHashSet<>()).addAll(constants.values());
            return new RowFilter.Where(
                    new Predicate.Comparison(constants.field(), Operator.IN, new Operand.Literal(slot)));
        }
        return condition.expression() == null
                ? unreadable
                : new RowFilter.Matching(condition.expression(), attributes);
    }

    /** One condition by itself, null for none. */
    RowFilter one(@Nullable Condition condition, Operation operation, String part) {
        return condition == null
                ? RowFilter.EVERYTHING
                : any(List.of(condition), operation, part, RowFilter.NOTHING);
    }

    /** The constants that have been met, by their place. */
    Map<Slot, List<Object>> values() {
        var lists = new LinkedHashMap<Slot, List<Object>>();
        values.forEach((slot, set) -> lists.put(slot, List.copyOf(set)));
        return lists;
    }
}
