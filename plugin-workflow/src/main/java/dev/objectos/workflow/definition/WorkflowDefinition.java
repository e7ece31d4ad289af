package dev.objectos.workflow.definition;

import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.SourceLocation;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that the records of an object run through.
 *
 * @param object whose records
 * @param version counted up by the author where records under way are to finish by the rules they began with
 * @param stateField field of the record that holds the name of its state
 * @param initial state of new records
 * @param states by name, in the author's order
 * @param guards by name
 */
public record WorkflowDefinition(String name, String label, String object, int version, String stateField,
        String initial, Map<String, State> states, Map<String, Guard> guards,
        SourceLocation source) {

    public WorkflowDefinition {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
    }

    /**
     * Where a record can be.
     *
     * @param last nothing follows
     * @param transitions by name, in the author's order
     */
    public record State(String name, String label, boolean last, Map<String, Transition> transitions,
            List<Action> onEnter, List<Action> onExit, List<Timer> timers, SourceLocation source) {

        public State {
            transitions = Collections.unmodifiableMap(new LinkedHashMap<>(transitions));
            onEnter = List.copyOf(onEnter);
            onExit = List.copyOf(onExit);
            timers = List.copyOf(timers);
        }
    }

    /**
     * A way from one state to another.
     *
     * @param guards names of those that must all let it pass, {@code can_<name>} among them where there is one
     * @param condition one more, written at the transition itself; null: none
     * @param roles who may take it; empty: everybody
     * @param commentRequired whether whoever takes it must say why
     */
    public record Transition(String name, String label, String target, List<String> guards,
            @Nullable ExpressionSource condition, Set<String> roles, List<Action> actions, boolean commentRequired,
            SourceLocation source) {

        public Transition {
            guards = List.copyOf(guards);
            roles = Set.copyOf(roles);
            actions = List.copyOf(actions);
        }
    }

    /**
     * Says who or what may pass.
     *
     * @param message what somebody is told who may not; null: the guard's name
     */
    public record Guard(String name, ExpressionSource condition, @Nullable String message, SourceLocation source) {}

    /** Something that happens on the way. */
    public sealed interface Action {

        SourceLocation source();
    }

    /**
     * Sets a field of the record, in the transaction of the transition.
     *
     * @param value null: the field is emptied
     */
    public record UpdateField(String field, @Nullable DefaultValue value, SourceLocation source) implements Action {}

    /**
     * Tells people, once the transition is committed.
     *
     * @param to each a user's id, user name or e-mail address, or an expression for a user or several
     * @param template name of the template; null: none
     * @param title null: that of the template
     * @param message null: that of the template
     */
    public record Notify(List<DefaultValue> to, @Nullable String template, @Nullable Text title, @Nullable Text message,
            SourceLocation source) implements Action {

        public Notify {
            to = List.copyOf(to);
        }
    }

    /** An action of the language that workflows do not carry out. */
    public record Described(String type, SourceLocation source) implements Action {}

    /** Text with expressions in it: literals are texts. */
    public record Text(List<DefaultValue> parts) {

        public Text {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What is to happen when a record has been in a state for long enough.
     *
     * @param transition to be taken then; null: none
     */
    public record Timer(Duration after, @Nullable String transition, List<Action> actions, SourceLocation source) {

        public Timer {
            actions = List.copyOf(actions);
        }
    }
}
