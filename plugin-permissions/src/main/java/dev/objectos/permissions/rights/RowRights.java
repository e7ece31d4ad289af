package dev.objectos.permissions.rights;

import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.Grant;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.RecordRule;
import dev.objectos.permissions.definition.RowSecurity;
import dev.objectos.permissions.definition.Sharing;
import dev.objectos.permissions.definition.SharingRule;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which records an operation reaches, for the holder of some sets: the order of decisions of {@code docs/permissions.md},
 * from where sharing starts to the last record rule.
 */
final class RowRights {

    private final ObjectPermissions permissions;
    private final Set<String> held;
    /** Those for the holder: of hundreds a few, and asked for again and again. */
    private final List<RecordRule> rules;
    private final ConditionFilters conditions;
    private final SessionValue people;
    private final Parents parents;

    /** @param people the acting user and those below them */
    RowRights(ObjectPermissions permissions, Set<String> held, ConditionFilters conditions, SessionValue people,
            Parents parents) {
        this.permissions = permissions;
        this.held = held;
        this.rules = permissions.rules().stream().filter(rule -> rule.isFor(held)).toList();
        this.conditions = conditions;
        this.people = people;
        this.parents = parents;
    }

    /** The records of a parent that may be read or changed. */
    @FunctionalInterface
    interface Parents {

        RowFilter rows(String parent, Operation operation);
    }

    /** Whether a set grants the operation, to some records at least. */
    boolean granted(Operation operation) {
        return unlimited(operation) || grants(operation).findAny().isPresent();
    }

    /** Whether a record rule could grant it. */
    boolean ruled(Operation operation) {
        return rules(operation).anyMatch(rule -> Boolean.TRUE.equals(rule.verdicts().get(operation)));
    }

    RowFilter rows(Operation operation) {
        return unlimited(operation) ? RowFilter.EVERYTHING : byRules(started(operation), operation);
    }

    private boolean unlimited(Operation operation) {
        return permissions.unlimited().stream()
                .anyMatch(one -> one.gives(operation) && held.contains(one.set()));
    }

    private Stream<Grant> grants(Operation operation) {
        return permissions.grants().stream()
                .filter(grant -> grant.operation() == operation && held.contains(grant.set()));
    }

    private Stream<RecordRule> rules(Operation operation) {
        return rules.stream().filter(rule -> rule.verdicts().containsKey(operation));
    }

    /** What sets, row security and sharing give, before rules. */
    private RowFilter started(Operation operation) {
        List<Grant> grants = grants(operation).toList();
        if (grants.isEmpty()) {
            return RowFilter.NOTHING;
        }
        var reached = new ArrayList<RowFilter>();
        if (grants.stream().anyMatch(grant -> grant.condition() == null)) {
            reached.add(open(operation));
        }
        reached.add(conditions.any(grants.stream().map(Grant::condition).filter(Objects::nonNull).toList(), operation,
                "set", RowFilter.NOTHING));
        if (operation == Operation.CREATE) {
            return Filters.any(reached);
        }
        RowFilter kept = Filters.all(List.of(Filters.any(reached), kept(operation)));
        return Filters.any(List.of(kept, shared(operation)));
    }

    /** The records that sharing leaves open to whoever is granted the operation without conditions. */
    RowFilter open(Operation operation) {
        Sharing sharing = permissions.sharing();
        if (sharing.records() == Sharing.Default.PARENT) {
            return throughParent(Objects.requireNonNull(sharing.parent()), operation);
        }
        if (operation == Operation.CREATE) {
            return RowFilter.EVERYTHING;
        }
        return switch (sharing.records()) {
            case OPEN, PARENT -> RowFilter.EVERYTHING;
            case READ -> operation == Operation.READ ? RowFilter.EVERYTHING : own();
            case PRIVATE -> privately();
        };
    }

    private RowFilter privately() {
        return permissions.rules().isEmpty() ? own() : RowFilter.NOTHING;
    }

    private RowFilter throughParent(String lookup, Operation operation) {
        var reference = (FieldType.Reference) permissions.object().field(lookup).orElseThrow().type();
        RowFilter parent = parents.rows(reference.target(),
                operation == Operation.READ ? Operation.READ : Operation.UPDATE);
        RowFilter alone = new RowFilter.Where(
                new Predicate.Comparison(FieldPath.of(lookup), Operator.IS_NULL, new Operand.None()));
        return Filters.any(List.of(new RowFilter.Through(lookup, parent),
                Filters.all(List.of(alone, operation == Operation.CREATE ? RowFilter.EVERYTHING : privately()))));
    }

    /** What row security leaves. */
    private RowFilter kept(Operation operation) {
        var filters = new ArrayList<RowFilter>();
        for (RowSecurity security : permissions.rowSecurity()) {
            String part = "kept" + filters.size();
            var left = new ArrayList<RowFilter>();
            if (security.rule() != null) {
                left.add(conditions.one(security.rule(), operation, part));
            }
            for (RowSecurity.Exemption exemption : security.exemptions()) {
                if (exemption.sets().stream().anyMatch(held::contains)) {
                    left.add(conditions.one(exemption.condition(), operation, part));
                }
            }
            filters.add(Filters.any(left));
        }
        return Filters.all(filters);
    }

    private RowFilter shared(Operation operation) {
        var filters = new ArrayList<RowFilter>();
        if (permissions.sharedByHand().contains(operation)) {
            filters.add(conditions.shared(operation));
        }
        for (SharingRule rule : permissions.sharingRules()) {
            if (rule.manual() || !rule.operations().contains(operation)) {
                continue;
            }
            if (rule.sets().stream().anyMatch(held::contains)) {
                filters.add(conditions.one(rule.condition(), operation, "shared"));
            } else if (rule.people() != null) {
                filters.add(Filters.all(List.of(conditions.one(rule.people(), operation, "people of " + rule.name()),
                        conditions.one(rule.condition(), operation, "shared by " + rule.name()))));
            }
        }
        return Filters.any(filters);
    }

    /** From the lowest priority to the highest, so that the last word is the highest one's; restriction wins among equals. */
    private RowFilter byRules(RowFilter start, Operation operation) {
        RowFilter reached = start;
        var priorities = new TreeSet<Integer>();
        rules(operation).forEach(rule -> priorities.add(rule.priority()));
        for (int priority : priorities) {
            reached = Filters.any(List.of(reached, spoken(operation, priority, true)));
            reached = Filters.except(reached, spoken(operation, priority, false));
        }
        return reached;
    }

    private RowFilter spoken(Operation operation, int priority, boolean verdict) {
        List<Condition> spoken = rules(operation)
                .filter(rule -> rule.priority() == priority
                        && Objects.equals(rule.verdicts().get(operation), verdict))
                .map(RecordRule::condition).toList();
        return conditions.any(spoken, operation, (verdict ? "+" : "-") + priority,
                verdict ? RowFilter.NOTHING : RowFilter.EVERYTHING);
    }

    /** The records that belong to the acting user or to those below them. */
    private RowFilter own() {
        boolean owned = permissions.object().field(SystemFields.OWNER).map(FieldDefinition::type)
                .filter(FieldType.Reference.class::isInstance).isPresent();
        return owned
                ? new RowFilter.Where(new Predicate.Comparison(FieldPath.of(SystemFields.OWNER), Operator.IN,
                        new Operand.Literal(people)))
                : RowFilter.NOTHING;
    }
}
