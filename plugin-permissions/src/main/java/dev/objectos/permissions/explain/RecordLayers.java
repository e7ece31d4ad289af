package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.Grant;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.RecordRule;
import dev.objectos.permissions.definition.RowSecurity;
import dev.objectos.permissions.definition.Sharing;
import dev.objectos.permissions.definition.SharingRule;
import dev.objectos.permissions.explain.Layer.Verdict;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What decides about single records, one rule after the other. */
final class RecordLayers {

    private final ObjectPermissions permissions;
    private final Set<String> held;
    private final Matches matches;
    private final List<Layer> layers = new ArrayList<>();

    /** For somebody to whom some set grants something on the object. */
    RecordLayers(ObjectPermissions permissions, Set<String> held, Matches matches) {
        this.permissions = permissions;
        this.held = held;
        this.matches = matches;
    }

    /** Tries conditions on the record in question. */
    interface Matches {

        /** Whether it holds; null: no record is in question, or the condition cannot be read. */
        @Nullable
        Boolean holds(@Nullable Condition condition);

        /** Whether sharing leaves the record open; null: no record is in question. */
        @Nullable
        Boolean open(Operation operation);
    }

    List<Layer> layers(Operation operation) {
        if (unlimited(operation)) {
            return layers;
        }
        grants(operation);
        rowSecurity(operation);
        sharingRules(operation);
        rules(operation);
        return layers;
    }

    private boolean unlimited(Operation operation) {
        permissions.unlimited().stream().filter(one -> one.gives(operation) && held.contains(one.set()))
                .forEach(one -> add("record", Verdict.GRANTED, one.set() + (one.modify() ? ".modify_all" : ".view_all"),
                        one.where(), "Holders of " + one.set() + " reach every record; no record rule binds them"));
        return !layers.isEmpty();
    }

    private void grants(Operation operation) {
        boolean open = false;
        for (Grant grant : permissions.grants()) {
            if (grant.operation() != operation || !held.contains(grant.set())) {
                continue;
            }
            if (grant.condition() == null) {
                open = true;
            } else {
                Boolean holds = matches.holds(grant.condition());
                add("record", verdict(holds, Verdict.GRANTED), grant.set(), grant.where(),
                        "The set " + grant.set() + " grants it for records of which "
                                + text(grant.condition()) + said(holds));
            }
        }
        if (open && operation != Operation.CREATE) {
            sharing(operation);
        }
    }

    private void sharing(Operation operation) {
        Sharing sharing = permissions.sharing();
        Boolean open = sharing.records() == Sharing.Default.OPEN ? Boolean.TRUE : matches.open(operation);
        String because = switch (sharing.records()) {
            case OPEN -> "Sharing leaves every record open to whom a set grants the operation";
            case READ -> "Everybody may read; changes are for the owner and those above";
            case PRIVATE -> permissions.rules().isEmpty()
                    ? "Records are for their owner and those above"
                    : "Records are private; record rules say for whom they are";
            case PARENT -> "The record follows its parent, behind " + sharing.parent();
        };
        add("sharing", verdict(open, Verdict.GRANTED), sharing.records().name().toLowerCase(Locale.ROOT),
                sharing.where(), because + said(open));
    }

    private void rowSecurity(Operation operation) {
        if (operation == Operation.CREATE) {
            return;
        }
        for (RowSecurity security : permissions.rowSecurity()) {
            Boolean kept = Boolean.FALSE;
            for (RowSecurity.Exemption exemption : security.exemptions()) {
                if (exemption.sets().stream().anyMatch(held::contains)) {
                    kept = either(kept,
                            exemption.condition() == null ? Boolean.TRUE : matches.holds(exemption.condition()));
                }
            }
            if (security.rule() != null) {
                kept = either(kept, matches.holds(security.rule()));
            }
            Verdict verdict = kept == null ? Verdict.DEPENDS : (kept ? Verdict.GRANTED : Verdict.DENIED);
            add("record", verdict, "row_level_security", security.where(), kept == null
                    ? "Row-level security decides record by record"
                    : kept ? "Row-level security leaves the record" : "Row-level security takes the record away");
        }
    }

    /** True if one is; otherwise null if one is not known. */
    private static @Nullable Boolean either(@Nullable Boolean one, @Nullable Boolean other) {
        return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other)
                ? Boolean.TRUE
                : one == null || other == null ? null : Boolean.FALSE;
    }

    private void sharingRules(Operation operation) {
        for (SharingRule rule : permissions.sharingRules()) {
            if (rule.manual() || !rule.operations().contains(operation)) {
                continue;
            }
            boolean meant = rule.sets().stream().anyMatch(held::contains);
            if (!meant && rule.people() == null) {
                continue;
            }
            Boolean for_ = meant ? Boolean.TRUE : matches.holds(rule.people());
            Boolean holds = rule.condition() == null ? Boolean.TRUE : matches.holds(rule.condition());
            Boolean shared = Boolean.FALSE.equals(for_) || Boolean.FALSE.equals(holds)
                    ? Boolean.FALSE
                    : for_ == null || holds == null ? null : Boolean.TRUE;
            add("sharing", verdict(shared, Verdict.GRANTED), rule.name(), rule.where(),
                    "The sharing rule opens records" + (rule.condition() == null
                            ? ""
                            : " of which " + text(rule.condition())) + said(shared));
        }
    }

    private void rules(Operation operation) {
        boolean decided = false;
        for (RecordRule rule : inOrder(operation)) {
            boolean verdict = Boolean.TRUE.equals(rule.verdicts().get(operation));
            Boolean holds = matches.holds(rule.condition());
            boolean decides = Boolean.TRUE.equals(holds) && !decided;
            decided |= decides;
            add("record", verdict(holds, verdict ? Verdict.GRANTED : Verdict.DENIED), rule.name(), rule.where(),
                    "The rule of priority " + rule.priority() + (verdict ? " grants" : " restricts")
                            + " records of which " + text(rule.condition()) + said(holds)
                            + (decides ? "; it decides" : Boolean.TRUE.equals(holds) ? "; another one decides" : ""));
        }
    }

    private List<RecordRule> inOrder(Operation operation) {
        return permissions.rules().stream()
                .filter(rule -> rule.isFor(held) && rule.verdicts().containsKey(operation))
                .sorted(java.util.Comparator.comparingInt(RecordRule::priority).reversed()
                        .thenComparing(rule -> rule.verdicts().get(operation)))
                .toList();
    }

    private static Verdict verdict(@Nullable Boolean holds, Verdict meaning) {
        return holds == null ? Verdict.DEPENDS : holds ? meaning : Verdict.NO_MATCH;
    }

    private static String said(@Nullable Boolean holds) {
        return holds == null ? "" : holds ? ", as it is here" : ", which is not so here";
    }

    private static String text(Condition condition) {
        var expression = condition.expression();
        return expression == null ? "a condition that cannot be read holds" : expression.text() + " holds";
    }

    private void add(String layer, Verdict verdict, String rule, SourceLocation where, String because) {
        layers.add(new Layer(layer, verdict, rule, where, because));
    }
}
