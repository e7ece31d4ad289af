package dev.objectos.workflow;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.MetadataPublished;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Records;
import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.Workflows;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps each published version of a workflow, and hears of the changes of those objects that have one. */
public final class WorkflowPublication implements AutoCloseable {

    private final Catalogs catalogs;
    private final WorkflowStore store;
    private final People people;
    private final Notifications notifications;
    private final EventSubscriptions subscriptions;
    private final Subscription published;
    private Set<String> objects = Set.of();
    private @Nullable Subscription effects;

    public WorkflowPublication(Catalogs catalogs, WorkflowStore store, Records records, Notifications notifications,
            EventSubscriptions subscriptions, EventBus bus) {
        this.catalogs = catalogs;
        this.store = store;
        this.people = new People(records);
        this.notifications = notifications;
        this.subscriptions = subscriptions;
        this.published = bus.subscribe(MetadataPublished.class, _ -> refresh());
    }

    /** Brings everything in line with the catalog that serves now. */
    synchronized void refresh() {
        Catalog catalog = catalogs.current();
        Workflows workflows = Workflows.of(catalog);
        for (CompiledWorkflow workflow : workflows.all()) {
            WorkflowDefinition definition = workflow.definition();
            catalog.item(Workflows.TYPE, definition.name())
                    .ifPresent(item -> store.save(item, definition.version()));
        }
        Set<String> wanted = workflows.all().stream().map(workflow -> workflow.definition().object())
                .collect(Collectors.toUnmodifiableSet());
        if (!wanted.equals(objects)) {
            unsubscribe();
            if (!wanted.isEmpty()) {
                effects = subscriptions.add(new WorkflowEffects(wanted, store, people, notifications));
            }
            objects = wanted;
        }
    }

    private void unsubscribe() {
        Subscription hearing = effects;
        if (hearing != null) {
            hearing.close();
            effects = null;
        }
    }

    @Override
    public synchronized void close() {
        published.close();
        unsubscribe();
    }
}
