package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.RecordTransitions;
import dev.objectos.runtime.spi.RecordValues;
import dev.objectos.runtime.spi.Records;
import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.machine.Machine;
import dev.objectos.workflow.machine.Machines;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records and their workflows, under the session's rights: where a record stands, where it can go, and going there. */
public final class RecordWorkflows implements RecordTransitions {

    private static final JsonMapper JSON = new JsonMapper();

    private final Catalogs catalogs;
    private final Records records;
    private final WorkflowStore store;
    private final MachineVersions versions;
    private final Passage passage;
    private final Clock clock;

    public RecordWorkflows(Catalogs catalogs, Records records, WorkflowStore store, MachineVersions versions,
            ActionRights rights, Clock clock) {
        this.catalogs = catalogs;
        this.records = records;
        this.store = store;
        this.versions = versions;
        this.passage = new Passage(rights);
        this.clock = clock;
    }

    /**
     * Where a record stands.
     *
     * @throws PlatformException {@code OBJECT_NOT_FOUND}; {@code RESOURCE_NOT_FOUND} where the object has no workflow;
     *         {@code RECORD_NOT_FOUND} where there is no such record that the session sees
     */
    public RecordState state(String objectName, UUID id, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition object = withWorkflow(catalog, objectName);
        // Seen first: nobody learns of the workflow of a record that they do not see.
        RecordDocument seen = records.get(new RecordQuery(object.name(), id,
                List.of(FieldPath.of(stateField(catalog, object))), List.of()), session);
        return state(catalog, object, seen, session);
    }

    /**
     * Takes a transition, in one transaction with everything that belongs to it.
     *
     * @param comment what whoever takes it has to say; null: nothing
     * @param expected what the caller believes to be stored; null: anything
     * @throws PlatformException what {@link #state} refuses with; {@code INVALID_TRANSITION} where the record's state does
     *         not allow it; {@code PERMISSION_DENIED} where a guard says no; {@code CONCURRENT_UPDATE}; and whatever the rules
     *         of the object say
     */
    public RecordState take(String objectName, UUID id, String transition, @Nullable String comment,
            @Nullable Expected expected, Session session) {
        ObjectDefinition object = withWorkflow(catalogs.current(), objectName);
        TransitionRequest done = change(object, id, transition, comment, expected, session);
        try {
            return state(objectName, id, session);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.RECORD_NOT_FOUND) {
                throw e;
            }
            // It is done, and whoever did it sees nothing more of it: only where the record has come to.
            WorkflowDefinition definition = definition(objectName);
            return new RecordState(definition.name(), definition.version(), Objects.requireNonNull(done.reached()), 0,
                    List.of(), List.of());
        }
    }

    @Override
    public void take(String objectName, UUID id, String transition, @Nullable String comment, Session session) {
        change(withWorkflow(catalogs.current(), objectName), id, transition, comment, null, session);
    }

    private TransitionRequest change(ObjectDefinition object, UUID id, String transition, @Nullable String comment,
            @Nullable Expected expected, Session session) {
        StartedBy startedBy = store.startedBy(session.tenant(), object.name(), id);
        var request = new TransitionRequest(object.name(), id, transition, comment, startedBy);
        var change = new Mutation.Update(object.name(), id, Map.of(), expected);
        ScopedValue.where(TransitionRequest.CURRENT, request).run(() -> records.update(change, session));
        return request;
    }

    /** The workflow of that name, or of the object of that name. */
    public WorkflowDefinition definition(String name) {
        Catalog catalog = catalogs.current();
        return catalog.object(name).flatMap(object -> Machines.of(catalog).ofObject(object))
                .or(() -> Machines.of(catalog).named(name)).map(machine -> machine.workflow().definition())
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no workflow \"" + name + "\""));
    }

    private RecordState state(Catalog catalog, ObjectDefinition object, RecordDocument seen, Session session) {
        UUID id = seen.id();
        StartedBy startedBy = store.startedBy(session.tenant(), object.name(), id);
        Machine machine = versions.of(catalog, object, startedBy);
        CompiledWorkflow workflow = machine.workflow();
        JsonNode written = JSON.readTree(seen.json().utf8()).path(workflow.definition().stateField());
        String stored = written.isString() ? written.asString() : null;
        CompiledState state = workflow.state(stored);
        var transitions = new ArrayList<RecordState.Way>();
        if (state != null) {
            var values = new RecordValues(catalog, object, id, Map.of(), records, session, clock.instant());
            for (CompiledTransition transition : state.transitions().values()) {
                RecordState.Refusal refusal = passage.refusal(transition, object, session, catalog,
                        expression -> expression.evaluate(values)).orElse(null);
                transitions.add(new RecordState.Way(transition.transition().name(), transition.transition().label(),
                        transition.transition().target(), refusal));
            }
        }
        return new RecordState(workflow.definition().name(),
                startedBy == null ? workflow.definition().version() : startedBy.version(),
                state == null ? Objects.requireNonNullElse(stored, "") : state.state().name(), seen.version(),
                transitions, store.history(session.tenant(), object.name(), id).stream()
                        .map(RecordWorkflows::past).toList());
    }

    private static RecordState.Past past(WorkflowStore.Taken taken) {
        JsonNode entry = taken.entry();
        JsonNode comment = entry.path("comment");
        return new RecordState.Past(entry.path("transition").asString(), entry.path("from").asString(),
                entry.path("to").asString(), taken.actor(), comment.isString() ? comment.asString() : null,
                taken.at().toInstant(), entry.path("version").asInt());
    }

    private static ObjectDefinition withWorkflow(Catalog catalog, String name) {
        ObjectDefinition object = catalog.object(name).orElseThrow(() -> new PlatformException(
                RuntimeError.OBJECT_NOT_FOUND, "There is no object \"" + name + "\"").about(name));
        stateField(catalog, object);
        return object;
    }

    private static String stateField(Catalog catalog, ObjectDefinition object) {
        return Machines.of(catalog).ofObject(object)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        object.pluralLabel() + " have no workflow").about(object.name()))
                .workflow().definition().stateField();
    }
}
