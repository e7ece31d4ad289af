package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.FieldRestriction;
import dev.objectos.permissions.definition.Mask;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.explain.Explanation.FieldDecision;
import dev.objectos.permissions.explain.Layer.Verdict;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether somebody may do something, and why. The answer comes from the very filters that requests get; the reasons
 * are the rules behind them, each tried on the record by itself.
 */
public final class Explainer {

    private static final String NOT_THERE = "denied: there is no such record in the organization";

    private final RightsByCatalog rights;
    private final RecordFilters filters;
    private final ObjectRights access;

    /** @param access what reads and writes show of objects, whoever narrows them */
    public Explainer(RightsByCatalog rights, RecordFilters filters, ObjectRights access) {
        this.rights = rights;
        this.filters = filters;
        this.access = access;
    }

    /** @param session of whom the question is about */
    public Explanation explain(Question question, Session session, Catalog catalog) {
        Rights known = rights.of(catalog);
        HeldRights on = known.on(question.object(), session);
        var layers = new ArrayList<Layer>();
        boolean there = inTenant(question, session, layers);
        boolean readable = reaches(question, Operation.READ, on, session);
        boolean reached = reaches(question, question.operation(), on, session);
        boolean allowed = reached && (readable || question.operation() == Operation.CREATE);
        if (Rights.unlimited(session)) {
            layers.add(new Layer("object", Verdict.GRANTED, null, null,
                    "The platform's own work and platform administrators may do everything"));
            return answer(there, there ? "allowed" : NOT_THERE, fields(question, session, catalog), layers);
        }
        ObjectPermissions permissions = Permissions.of(catalog).of(question.object());
        Set<String> held = known.held(session);
        layers.addAll(objectLayers(question.operation(), permissions, held, on.may(question.operation())));
        if (there && !on.operations().isEmpty()) {
            layers.addAll(new RecordLayers(permissions, held, tried(question, known, session))
                    .layers(question.operation()));
        }
        Map<String, FieldDecision> fields = fields(question, session, catalog);
        layers.addAll(fieldLayers(question, permissions, held));
        boolean fieldsAllowed = fields.values().stream().allMatch(field -> allowed(field, question.operation()));
        String decision = there ? decision(question, on, allowed, readable, fieldsAllowed) : NOT_THERE;
        return answer(allowed && fieldsAllowed, decision, fields, layers);
    }

    private static Explanation answer(boolean allowed, String decision, Map<String, FieldDecision> fields,
            List<Layer> layers) {
        return new Explanation(allowed, decision, fields, layers);
    }

    private static String decision(Question question, HeldRights on, boolean allowed, boolean readable,
            boolean fieldsAllowed) {
        String operation = question.operation().word();
        if (!on.may(question.operation())) {
            return "denied: no set grants " + operation + " on " + question.object().name();
        }
        if (!allowed) {
            return readable
                    ? "denied: the record is not among those that may be " + past(question.operation())
                    : "denied: the record may not be read, so that it does not exist for the user";
        }
        return fieldsAllowed ? "allowed" : "denied: not all of the fields are open to the user";
    }

    private static String past(Operation operation) {
        return switch (operation) {
            case CREATE -> "created";
            case READ -> "read";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
        };
    }

    private static boolean allowed(FieldDecision field, Operation operation) {
        return switch (operation) {
            case CREATE, UPDATE -> field.editable();
            case READ -> field.visible();
            case DELETE -> true;
        };
    }

    private boolean inTenant(Question question, Session session, List<Layer> layers) {
        UUID record = question.record();
        if (record == null) {
            return true;
        }
        boolean there = passes(question, RowFilter.EVERYTHING, session);
        layers.add(new Layer("tenant", there ? Verdict.GRANTED : Verdict.DENIED, null, null, there
                ? "The record belongs to the organization"
                : "No record of the organization has that id"));
        return there;
    }

    /** Whether the operation reaches the record, or any at all. */
    private boolean reaches(Question question, Operation operation, HeldRights on, Session session) {
        return on.may(operation) && passes(question, on.rows(operation), session);
    }

    private boolean passes(Question question, RowFilter filter, Session session) {
        UUID record = question.record();
        return record == null || !filters.passing(question.object().name(), List.of(record), filter, session).isEmpty();
    }

    private RecordLayers.Matches tried(Question question, Rights known, Session session) {
        return new RecordLayers.Matches() {

            @Override
            public @Nullable Boolean holds(@Nullable Condition condition) {
                return question.record() == null || condition == null || condition.expression() == null
                        ? null
                        : Boolean.valueOf(passes(question, known.filter(condition), session));
            }

            @Override
            public @Nullable Boolean open(Operation operation) {
                return question.record() == null
                        ? null
                        : Boolean.valueOf(passes(question, known.open(question.object(), operation, session), session));
            }
        };
    }

    /** @param granted whether somebody may at all: where no set grants it, record rules do */
    private static List<Layer> objectLayers(Operation operation, ObjectPermissions permissions, Set<String> held,
            boolean granted) {
        var layers = new ArrayList<Layer>();
        var others = new TreeSet<String>();
        permissions.grants().stream().filter(grant -> grant.operation() == operation).forEach(grant -> {
            if (held.contains(grant.set())) {
                layers.add(new Layer("object", Verdict.GRANTED, grant.set(), grant.where(),
                        "The set " + grant.set() + " grants " + operation.word()
                                + (grant.condition() == null ? "" : " under a condition")));
            } else {
                others.add(grant.set());
            }
        });
        if (layers.isEmpty()) {
            String none = "None of the sets " + String.join(", ", held) + " grants " + operation.word();
            layers.add(granted
                    ? new Layer("object", Verdict.DEPENDS, null, null, none + "; record rules do, for some records")
                    : new Layer("object", Verdict.DENIED, null, null, none + (others.isEmpty()
                            ? "; no set does"
                            : "; these do: " + String.join(", ", others))));
        }
        return layers;
    }

    private static List<Layer> fieldLayers(Question question, ObjectPermissions permissions, Set<String> held) {
        var layers = new ArrayList<Layer>();
        for (FieldRestriction restriction : permissions.restrictions()) {
            boolean concerns = question.fields().contains(restriction.field())
                    && (restriction.operation() == Operation.READ || restriction.operation() == question.operation());
            if (concerns && (restriction.set() == null || held.contains(restriction.set()))) {
                boolean passes = restriction.sets().stream().anyMatch(held::contains);
                layers.add(new Layer("field", passes ? Verdict.GRANTED : Verdict.DENIED, restriction.field(),
                        restriction.where(), restriction.operation().word() + " of " + restriction.field()
                                + " is for " + (restriction.sets().isEmpty()
                                        ? "nobody"
                                        : String.join(", ", new TreeSet<>(restriction.sets())))));
            }
        }
        for (Mask mask : permissions.masks()) {
            Set<String> sets = mask.visibleTo();
            if (question.fields().contains(mask.field()) && sets != null && sets.stream().noneMatch(held::contains)) {
                layers.add(new Layer("field", Verdict.DENIED, mask.field(), mask.where(),
                        mask.field() + " is masked for all but " + String.join(", ", new TreeSet<>(sets))));
            }
        }
        return layers;
    }

    private Map<String, FieldDecision> fields(Question question, Session session, Catalog catalog) {
        ObjectAccess shown = access.of(question.object(), session, catalog);
        Set<String> writable = question.operation() == Operation.CREATE ? shown.creatable() : shown.editable();
        var decisions = new LinkedHashMap<String, FieldDecision>();
        for (String field : question.fields()) {
            decisions.put(field, new FieldDecision(shown.readable() && shown.sees(field),
                    shown.masked().contains(field), writable.contains(field)));
        }
        return decisions;
    }
}
