package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.List;
import java.util.Set;

/**
 * A trigger that can run.
 *
 * @param order lower comes first
 * @param watch for updates: fields of which at least one must have changed; empty: any
 * @param conditions all must hold
 */
public record Trigger(String name, String label, String object, Set<TriggerEvent> events, int order, Set<String> watch,
        List<CompiledExpression> conditions, List<Action> actions, SourceLocation source) {

    public Trigger {
        events = Set.copyOf(events);
        watch = Set.copyOf(watch);
        conditions = List.copyOf(conditions);
        actions = List.copyOf(actions);
    }

    /** Whether something is left to do once the change is committed. */
    public boolean hasDeferred() {
        return !actions.stream().allMatch(Action::immediate);
    }

    /** Whether it takes turns, which are counted in the change's own transaction. */
    public boolean takesTurns() {
        return actions.stream().anyMatch(action -> action instanceof Action.SetFields set
                && set.values().values().stream().anyMatch(NewValue.RoundRobin.class::isInstance));
    }
}
