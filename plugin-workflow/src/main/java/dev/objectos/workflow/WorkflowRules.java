package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ProcessRules;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import dev.objectos.workflow.machine.Machines;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What workflows say about doing something with a record: which way leads from where it stands, and who may go there. */
public final class WorkflowRules implements ProcessRules {

    private final RecordWorkflows workflows;

    public WorkflowRules(RecordWorkflows workflows) {
        this.workflows = workflows;
    }

    @Override
    public Set<String> operations(ObjectDefinition object, Catalog catalog) {
        return definition(object, catalog).map(WorkflowRules::names).orElse(Set.of());
    }

    private static Set<String> names(WorkflowDefinition definition) {
        var names = new LinkedHashSet<String>();
        definition.states().values().forEach(state -> names.addAll(state.transitions().keySet()));
        return names;
    }

    @Override
    public List<Say> about(Wish wish, Session session, Catalog catalog) {
        return definition(wish.object(), catalog).map(definition -> switch (wish.operation()) {
            case "create" -> writing(wish, definition, null,
                    "begins as \"" + definition.initial() + "\", and with nothing else");
            case "update" -> writing(wish, definition, false,
                    "changes by transitions alone; an update may name it with the value that it has, and no other");
            default -> names(definition).contains(wish.operation())
                    ? transition(wish, definition, session)
                    : List.<Say>of();
        }).orElse(List.of());
    }

    private static List<Say> writing(Wish wish, WorkflowDefinition definition,
            @Nullable Boolean allowed, String rule) {
        String field = definition.stateField();
        return wish.fields().contains(field)
                ? List.of(new Say(allowed, definition.name(), definition.source(),
                        wish.object().field(field).map(FieldDefinition::label).orElse(field) + " " + rule))
                : List.of();
    }

    private List<Say> transition(Wish wish, WorkflowDefinition definition, Session session) {
        UUID record = wish.record();
        if (record == null) {
            return definition.states().values().stream()
                    .filter(state -> state.transitions().containsKey(wish.operation()))
                    .map(state -> way(state, required(state, wish))).toList();
        }
        RecordState stands;
        try {
            stands = workflows.state(wish.object().name(), record, session);
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.RECORD_NOT_FOUND || e.code() == RuntimeError.PERMISSION_DENIED) {
                return List.of();
            }
            throw e;
        }
        return List.of(stands.transitions().stream().filter(way -> way.name().equals(wish.operation())).findFirst()
                .map(way -> taken(definition, stands, way))
                .orElseGet(() -> new Say(false, definition.name(), definition.source(), "The record is in \""
                        + stands.state() + "\", from where " + wish.operation() + " does not lead away"
                        + others(stands))));
    }

    /**
     * What the workflow itself says; whoever gives rights to take transitions speaks for themselves. The record may run by an earlier
     * version, of which the file says nothing any more.
     */
    private static Say taken(WorkflowDefinition definition, RecordState stands, RecordState.Way way) {
        State state = definition.states().get(stands.state());
        Transition transition = state == null ? null : state.transitions().get(way.name());
        RecordState.Refusal refusal = way.refusal();
        String against = refusal != null && refusal.ofWorkflow() ? refusal.because() : null;
        return new Say(against == null, stands.state() + "." + way.name(),
                transition == null ? definition.source() : transition.source(),
                against == null ? leads(stands.state(), way.target()) : against);
    }

    private static Say way(State state, Transition transition) {
        return new Say(null, state.name() + "." + transition.name(), transition.source(),
                leads(state.name(), transition.target()) + (transition.roles().isEmpty()
                        ? ""
                        : ", for " + String.join(", ", new TreeSet<>(transition.roles()))));
    }

    private static Transition required(State state, Wish wish) {
        return Objects.requireNonNull(state.transitions().get(wish.operation()));
    }

    private static String leads(String from, String to) {
        return "It leads from \"" + from + "\" to \"" + to + "\"";
    }

    private static String others(RecordState stands) {
        return stands.transitions().isEmpty()
                ? "; nothing does"
                : "; these do: " + String.join(", ", stands.transitions().stream().map(RecordState.Way::name).toList());
    }

    private static Optional<WorkflowDefinition> definition(ObjectDefinition object, Catalog catalog) {
        return Machines.of(catalog).ofObject(object).map(machine -> machine.workflow().definition());
    }
}
