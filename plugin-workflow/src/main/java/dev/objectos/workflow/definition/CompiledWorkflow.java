package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state machine with every expression compiled against one catalog. */
public record CompiledWorkflow(WorkflowDefinition definition, Map<String, CompiledState> states) {

    public CompiledWorkflow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** The state that a record is in, by what its field holds: nothing yet means the initial one; null: none of ours. */
    public @Nullable CompiledState state(@Nullable Object stored) {
        return states.get(stored == null ? definition.initial() : stored.toString());
    }

    /** A state and what happens at its doors. */
    public record CompiledState(State state, Map<String, CompiledTransition> transitions, List<Step> onEnter,
            List<Step> onExit) {

        public CompiledState {
            transitions = Collections.unmodifiableMap(new LinkedHashMap<>(transitions));
            onEnter = List.copyOf(onEnter);
            onExit = List.copyOf(onExit);
        }
    }

    /** A transition, what must hold for it, and what happens on the way. */
    public record CompiledTransition(Transition transition, List<Gate> gates, List<Step> actions) {

        public CompiledTransition {
            gates = List.copyOf(gates);
            actions = List.copyOf(actions);
        }
    }

    /**
     * A condition that lets through.
     *
     * @param because what somebody is told whom it does not let through
     */
    public record Gate(String because, CompiledExpression condition) {}

    /** Something that happens on the way. */
    public sealed interface Step {}

    /** Sets a field of the record. */
    public record Assign(String field, Value value) implements Step {}

    /**
     * Tells people.
     *
     * @param type name of the template, or {@code workflow}
     * @param to give users' ids, or texts that name users; lists of these; or null
     * @param title parts of one line
     * @param message parts; empty: the title says all
     */
    public record Tell(String type, List<Value> to, List<Value> title, List<Value> message) implements Step {

        public Tell {
            to = List.copyOf(to);
            title = List.copyOf(title);
            message = List.copyOf(message);
        }
    }

    /** A constant, or what an expression gives. */
    public sealed interface Value {}

    /** A constant in a field's Java form. */
    public record Constant(@Nullable Object value) implements Value {}

    /** What an expression gives at the time. */
    public record Computed(CompiledExpression expression) implements Value {}
}
