package dev.objectos.runtime.event;

import java.util.Set;

/**
 * Which events a durable subscriber wants to hear of.
 *
 * @param objects API names; empty: of every object
 * @param actions empty: every action
 */
public record EventFilter(Set<String> objects, Set<ChangeAction> actions) {

    /** Every change of every record. */
    public static final EventFilter EVERYTHING = new EventFilter(Set.of(), Set.of());

    public EventFilter {
        objects = Set.copyOf(objects);
        actions = Set.copyOf(actions);
    }

    /** Every change of these objects' records. */
    public static EventFilter of(String... objects) {
        return new EventFilter(Set.of(objects), Set.of());
    }

    public boolean matches(RecordChange change) {
        return (objects.isEmpty() || objects.contains(change.object()))
                && (actions.isEmpty() || actions.contains(change.action()));
    }
}
