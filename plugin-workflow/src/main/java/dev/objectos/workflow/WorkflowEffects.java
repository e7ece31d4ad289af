package dev.objectos.workflow;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.notification.Notification;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Does what follows from a transition once it is committed, at least once, and so that twice does no harm. */
final class WorkflowEffects implements EventSubscriber {

    static final String NAME = "objectos-workflow.effects";

    private final Set<String> objects;
    private final WorkflowStore store;
    private final People people;
    private final Notifications notifications;

    /** @param objects those that have a workflow */
    WorkflowEffects(Set<String> objects, WorkflowStore store, People people, Notifications notifications) {
        this.objects = Set.copyOf(objects);
        this.store = store;
        this.people = people;
        this.notifications = notifications;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventFilter filter() {
        return new EventFilter(objects, Set.of(ChangeAction.CREATE, ChangeAction.UPDATE));
    }

    @Override
    public void handle(RecordEvent event, Session session) {
        RecordChange change = event.change();
        List<Effect> effects = change.action() == ChangeAction.CREATE
                ? store.effectsOfCreation(change.tenant(), change.object(), change.record())
                : store.effectsOfTransition(change.tenant(), change.object(), change.record(), change.version());
        var unknown = new LinkedHashSet<String>();
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            Map<String, UUID> found = people.find(effect.to(), session);
            for (String name : effect.to()) {
                UUID user = found.get(name);
                if (user == null) {
                    unknown.add(name);
                } else {
                    notifications.send(new Notification(change.tenant(), user, NAME + ":" + event.id() + ":" + i,
                            effect.type(), effect.title(), effect.message().isEmpty() ? null : effect.message(),
                            "/api/data/" + change.object() + "/" + change.record()));
                }
            }
        }
        if (!unknown.isEmpty()) {
            // The others have been told. This becomes a dead letter, to be delivered again once there is such a user.
            throw new IllegalStateException("There is no user " + String.join(", ", unknown) + " to notify");
        }
    }
}
