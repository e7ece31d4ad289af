package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.WorkflowDefinition;

/** Why a record cannot go where somebody wants it to. */
final class Refusals {

    private Refusals() {}

    static PlatformException noSuchTransition(CompiledState state, String transition, ObjectDefinition object) {
        String possible = state.transitions().isEmpty()
                ? "nothing leads away from there"
                : "from there: " + String.join(", ", state.transitions().keySet());
        return new PlatformException(WorkflowError.INVALID_TRANSITION, "\"" + transition
                + "\" is not possible while the record is \"" + state.state().name() + "\"; " + possible)
                .about(object.name()).with("state", state.state().name());
    }

    static PlatformException unknownState(WorkflowDefinition definition, String state, ObjectDefinition object) {
        return new PlatformException(WorkflowError.INVALID_TRANSITION, "The record is \"" + state
                + "\", which is no state of " + definition.name() + " version " + definition.version()
                + "; an administrator must add the state to the workflow, or correct the record").about(object.name())
                .with("state", state);
    }

    static PlatformException unusableVersion(StartedBy startedBy, String reason, ObjectDefinition object) {
        return new PlatformException(WorkflowError.INVALID_TRANSITION, "The record runs by version "
                + startedBy.version() + " of " + startedBy.workflow() + ", which can no longer be used: " + reason)
                .about(object.name());
    }
}
