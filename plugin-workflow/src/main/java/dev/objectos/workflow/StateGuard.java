package dev.objectos.workflow;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.machine.Machine;
import dev.objectos.workflow.machine.Machines;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that nothing but a transition changes a record's state, whoever writes and whatever other interceptors have set:
 * it has the last word. Seeds may begin anywhere.
 */
public final class StateGuard implements MutationInterceptor {

    /** After every other interceptor, those of added plugins included. */
    private static final int ORDER = Integer.MAX_VALUE;

    private final Catalogs catalogs;

    public StateGuard(Catalogs catalogs) {
        this.catalogs = catalogs;
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
    public boolean copies(ObjectDefinition object, FieldDefinition field) {
        return Machines.of(catalogs.current()).ofObject(object)
                .map(machine -> !machine.workflow().definition().stateField().equals(field.name())).orElse(true);
    }

    @Override
    public boolean needsPrevious(MutationDraft draft) {
        return definition(draft).map(definition -> draft.action() == ChangeAction.UPDATE
                && draft.written().contains(definition.stateField())).orElse(false);
    }

    @Override
    public void before(MutationDraft draft) {
        definition(draft).ifPresent(definition -> {
            String field = definition.stateField();
            if (draft.action() == ChangeAction.DELETE || !draft.written().contains(field)) {
                return;
            }
            if (draft.action() == ChangeAction.CREATE) {
                demand(draft, field, definition.initial(), "begins as " + label(definition));
                return;
            }
            TransitionRequest request = TransitionRequest.of(draft);
            String reached = request == null ? null : request.reached();
            Map<String, @Nullable Object> previous = draft.previous().orElse(null);
            Object stored = previous == null ? null : previous.get(field);
            demand(draft, field, reached == null ? stored : reached,
                    "changes by transitions alone: POST /api/workflow/" + draft.object().name() + "/" + draft.id()
                            + "/{transition}");
        });
    }

    private static void demand(MutationDraft draft, String field, @Nullable Object expected, String rule) {
        if (!Objects.equals(draft.value(field), expected)) {
            String label = draft.object().field(field).map(FieldDefinition::label).orElse(field);
            draft.refuse(new FieldError(field, "readonly", label + " " + rule));
        }
    }

    private static String label(WorkflowDefinition definition) {
        return "\"" + definition.initial() + "\"";
    }

    private static Optional<WorkflowDefinition> definition(MutationDraft draft) {
        return draft.session().origin() == Origin.SEED
                ? Optional.empty()
                : Machines.of(draft.catalog()).ofObject(draft.object()).map(Machine::workflow)
                        .map(workflow -> workflow.definition());
    }
}
