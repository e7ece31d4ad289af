package dev.objectos.workflow;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.machine.Machine;
import dev.objectos.workflow.machine.Machines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs transitions inside the change of their record: the record is locked, its machine is put where the record stands and
 * fired, and what happens on the way becomes part of the change. New records begin in the initial state.
 */
public final class TransitionInterceptor implements MutationInterceptor {

    /** After rights; before whoever looks at what a change makes of the state. */
    private static final int ORDER = -10;

    private static final JsonMapper JSON = new JsonMapper();

    private final Catalogs catalogs;
    private final MachineVersions versions;
    private final Passage passage;

    public TransitionInterceptor(Catalogs catalogs, MachineVersions versions, ActionRights rights) {
        this.catalogs = catalogs;
        this.versions = versions;
        this.passage = new Passage(rights);
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public boolean idle() {
        return Machines.of(catalogs.current()).isEmpty();
    }

    @Override
    public boolean needsPrevious(MutationDraft draft) {
        return TransitionRequest.of(draft) != null;
    }

    @Override
    public void admit(MutationDraft draft) {
        TransitionRequest.admit(draft);
        if (draft.action() == ChangeAction.CREATE) {
            Machines.of(draft.catalog()).ofObject(draft.object()).ifPresent(machine -> {
                WorkflowDefinition definition = machine.workflow().definition();
                if (!draft.written().contains(definition.stateField())) {
                    draft.set(definition.stateField(), definition.initial());
                }
            });
        }
    }

    @Override
    public void before(MutationDraft draft) {
        if (draft.action() == ChangeAction.CREATE) {
            Machines.of(draft.catalog()).ofObject(draft.object()).ifPresent(machine -> begin(draft, machine));
        }
        TransitionRequest request = TransitionRequest.of(draft);
        if (request != null) {
            go(draft, request, versions.of(draft.catalog(), draft.object(), request.startedBy()));
        }
    }

    private void begin(MutationDraft draft, Machine machine) {
        CompiledWorkflow workflow = machine.workflow();
        WorkflowDefinition definition = workflow.definition();
        var journey = new RecordJourney(draft, definition.stateField(), passage);
        if (draft.value(definition.stateField()) == null) {
            draft.set(definition.stateField(), definition.initial());
        }
        if (draft.session().origin() != Origin.SEED
                && definition.initial().equals(draft.value(definition.stateField()))) {
            journey.enters(Objects.requireNonNull(workflow.state(definition.initial())));
        }
        draft.note(WorkflowRecorders.STARTED, json(entry(definition, journey.effects())));
    }

    private void go(MutationDraft draft, TransitionRequest request, Machine machine) {
        CompiledWorkflow workflow = machine.workflow();
        WorkflowDefinition definition = workflow.definition();
        @Nullable
        Object stored = draft.previous().orElseThrow().get(definition.stateField());
        CompiledState state = workflow.state(stored);
        if (state == null) {
            throw Refusals.unknownState(definition, String.valueOf(stored), draft.object());
        }
        CompiledTransition transition = state.transitions().get(request.transition());
        if (transition != null) {
            demandComment(draft, transition, request.comment());
        }
        var journey = new RecordJourney(draft, definition.stateField(), passage);
        String reached = machine.fire(state.state().name(), request.transition(), journey);
        if (reached == null) {
            PlatformException refusal = journey.refusal();
            throw refusal != null ? refusal : Refusals.noSuchTransition(state, request.transition(), draft.object());
        }
        passage.count(request.transition(), draft.object(), draft.session(), draft.catalog());
        request.reached(reached);
        Map<String, Object> entry = entry(definition, journey.effects());
        entry.put("transition", request.transition());
        entry.put("from", state.state().name());
        entry.put("to", reached);
        String comment = request.comment();
        if (comment != null) {
            entry.put("comment", comment);
        }
        draft.note(WorkflowRecorders.TAKEN, json(entry));
    }

    private static void demandComment(MutationDraft draft, CompiledTransition transition, @Nullable String comment) {
        if (transition.transition().commentRequired() && (comment == null || comment.isBlank())) {
            throw PlatformException.validation(draft.object().name(), List.of(new FieldError("comment", "required",
                    transition.transition().label() + " needs a comment")));
        }
    }

    private static Map<String, Object> entry(WorkflowDefinition definition, List<Effect> effects) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("workflow", definition.name());
        entry.put("version", definition.version());
        if (!effects.isEmpty()) {
            entry.put("effects", effects.stream().map(Effect::json).toList());
        }
        return entry;
    }

    private static JsonDocument json(Map<String, Object> entry) {
        return new JsonDocument(JSON.writeValueAsBytes(entry));
    }
}
