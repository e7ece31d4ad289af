package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.workflow.RecordState.Refusal;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.CompiledWorkflow.Gate;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether somebody may take a transition: the one place that asks roles and guards. */
final class Passage {

    private final ActionRights rights;

    Passage(ActionRights rights) {
        this.rights = rights;
    }

    /**
     * Why not; empty: nothing stands in the way.
     *
     * @param evaluation gives the value of an expression around the record
     */
    Optional<Refusal> refusal(CompiledTransition compiled, ObjectDefinition object, Session session, Catalog catalog,
            Function<CompiledExpression, @Nullable Object> evaluation) {
        Transition transition = compiled.transition();
        if (!transition.roles().isEmpty() && !session.platformAdministrator()
                && Collections.disjoint(transition.roles(), rights.roles(session, catalog))) {
            return Optional.of(
                    new Refusal(true, "This is for " + String.join(", ", new TreeSet<>(transition.roles()))));
        }
        for (Gate gate : compiled.gates()) {
            if (!Boolean.TRUE.equals(evaluation.apply(gate.condition()))) {
                return Optional.of(new Refusal(true, gate.because()));
            }
        }
        return rights.refusal(object, transition.name(), session, catalog, evaluation)
                .map(because -> new Refusal(false, because));
    }

    /** Counts a transition that is taken, where that is limited. */
    void count(String transition, ObjectDefinition object, Session session, Catalog catalog) {
        rights.count(object, transition, session, catalog);
    }

    static PlatformException denied(String because, ObjectDefinition object) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, because).about(object.name());
    }
}
