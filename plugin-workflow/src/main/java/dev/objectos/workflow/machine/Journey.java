package dev.objectos.workflow.machine;

import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;

/** One record on its way through one transition: what the machine asks it, and tells it of. */
public interface Journey {

    /** Whether every guard lets it pass. */
    boolean passes(CompiledTransition transition);

    /** It takes the transition. */
    void takes(CompiledTransition transition);

    void leaves(CompiledState state);

    void enters(CompiledState state);
}
