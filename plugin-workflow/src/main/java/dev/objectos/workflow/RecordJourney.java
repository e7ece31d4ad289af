package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.workflow.definition.CompiledWorkflow.Assign;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.CompiledWorkflow.Computed;
import dev.objectos.workflow.definition.CompiledWorkflow.Constant;
import dev.objectos.workflow.definition.CompiledWorkflow.Step;
import dev.objectos.workflow.definition.CompiledWorkflow.Tell;
import dev.objectos.workflow.definition.CompiledWorkflow.Value;
import dev.objectos.workflow.machine.Journey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record on its way within its own transaction: what happens becomes part of the change, or follows from it. */
final class RecordJourney implements Journey {

    private final MutationDraft draft;
    private final String stateField;
    private final Passage passage;
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable PlatformException refusal;

    RecordJourney(MutationDraft draft, String stateField, Passage passage) {
        this.draft = draft;
        this.stateField = stateField;
        this.passage = passage;
    }

    @Override
    public boolean passes(CompiledTransition transition) {
        refusal = passage.refusal(transition, draft.object(), draft.session(), draft.catalog(), draft::evaluate)
                .map(found -> Passage.denied(found.because(), draft.object())).orElse(null);
        return refusal == null;
    }

    @Override
    public void takes(CompiledTransition transition) {
        run(transition.actions());
    }

    @Override
    public void leaves(CompiledState state) {
        run(state.onExit());
    }

    @Override
    public void enters(CompiledState state) {
        draft.set(stateField, state.state().name());
        run(state.onEnter());
    }

    /** Why a guard did not let the record pass; null: none was asked, or all let it pass. */
    @Nullable
    PlatformException refusal() {
        return refusal;
    }

    /** What follows once the change is committed. */
    List<Effect> effects() {
        return List.copyOf(effects);
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Assign(String field, Value value) -> draft.set(field, value(value));
                case Tell tell -> effects.add(new Effect(tell.type(), recipients(tell.to()), text(tell.title()),
                        text(tell.message())));
            }
        }
    }

    private @Nullable Object value(Value value) {
        return switch (value) {
            case Constant(Object constant) -> constant;
            case Computed(CompiledExpression expression) -> draft.evaluate(expression);
        };
    }

    private List<String> recipients(List<Value> to) {
        var names = new ArrayList<String>();
        for (Value value : to) {
            switch (value(value)) {
                case null -> {
                    // nobody stands there
                }
                case List<?> several -> several.forEach(one -> names.add(String.valueOf(one)));
                case Object one -> names.add(one.toString());
            }
        }
        return names;
    }

    private String text(List<Value> parts) {
        var text = new StringBuilder();
        for (Value part : parts) {
            Object value = value(part);
            text.append(value == null ? "" : value);
        }
        return text.toString();
    }
}
