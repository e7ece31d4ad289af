package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.i18n.RefusalTexts;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.Draft;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordListener;
import dev.objectos.runtime.sql.MutationExecutor;
import dev.objectos.runtime.sql.WriteAnswer;
import dev.objectos.runtime.sql.WriteConnection;
import dev.objectos.runtime.sql.WriteExecutor;
import dev.objectos.runtime.sql.WriteJson;
import dev.objectos.runtime.sql.WrittenRow;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A write from end to end: mutation, draft, plan, statement, commit, answer. */
public final class WritePipeline {

    private static final Logger LOG = LoggerFactory.getLogger(WritePipeline.class);

    private final Catalogs catalogs;
    private final MutationPlanner planner;
    private final MutationExecutor mutations;
    private final WriteExecutor executor;
    private final RecordRights rights;
    private final List<RecordListener> listeners;
    private final Answers answers;

    public WritePipeline(Catalogs catalogs, MutationPlanner planner, MutationExecutor mutations,
            WriteExecutor executor, RecordRights rights, List<RecordListener> listeners, Answers answers) {
        this.catalogs = catalogs;
        this.planner = planner;
        this.mutations = mutations;
        this.executor = executor;
        this.rights = rights;
        this.listeners = List.copyOf(listeners);
        this.answers = answers;
    }

    /** How the session sees a record: the read path. */
    public interface Answers {

        /** @throws PlatformException {@code RECORD_NOT_FOUND} where it does not see it */
        RecordDocument get(RecordQuery query, Session session);

        /** The same as part of the statement that writes the record. */
        WriteAnswer written(RecordQuery query, Session session, Catalog catalog);
    }

    public RecordDocument create(Mutation.Create mutation, Session session) {
        return change(session, (catalog, repetition) -> shown(write(catalog, session, mutation, repetition,
                () -> planner.create(catalog, mutation, session)), session));
    }

    public RecordDocument update(Mutation.Update mutation, Session session) {
        return change(session, (catalog, repetition) -> shown(write(catalog, session, mutation, repetition,
                () -> planner.update(catalog, mutation, session)), session));
    }

    public void delete(Mutation.Delete mutation, Session session) {
        change(session, (catalog, repetition) -> write(catalog, session, mutation, repetition,
                () -> planner.delete(catalog, mutation, session)));
    }

    /** An outcome for each change; see {@link Batch} for what atomic means. */
    public BatchResult batch(Batch batch, Session session) {
        return batch(batch, session, BatchLedger.NONE);
    }

    /** The same, with somebody who keeps account of what is done. */
    public BatchResult batch(Batch batch, Session session, BatchLedger ledger) {
        return change(session, (catalog, repetition) -> RefusalTexts.of(catalog).told(
                new BatchRunner(this, catalog, batch, session, ledger, repetition).run(), session.locale()));
    }

    /** A change under one snapshot; whoever is refused hears of it in the language of their session. */
    private <T> T change(Session session, BiFunction<Catalog, Repetition, T> change) {
        return Repetition.of(session, repetition -> catalogs.write(catalog -> {
            try {
                return change.apply(catalog, repetition);
            } catch (PlatformException refusal) {
                throw RefusalTexts.of(catalog).told(refusal, session.locale());
            }
        }));
    }

    /** A new record with the values of another that the session sees as they are and may write, and that others may have too. */
    public RecordDocument copy(String object, UUID id, Map<String, @Nullable Object> overrides, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition definition = MutationPlanner.object(catalog, object);
        FieldView view = planner.view(definition, session, catalog);
        RecordDocument source = answers.get(whole(object, id), session);
        Set<String> locked = planner.locked(definition, ChangeAction.CREATE, session, catalog);
        var values = new LinkedHashMap<String, @Nullable Object>();
        if (WriteJson.parse(source.json().toString()) instanceof Map<?, ?> record) {
            for (FieldDefinition field : definition.fields().values()) {
                if (copied(field) && view.plain(field.name()) && !locked.contains(field.name())
                        && planner.copies(definition, field)
                        && record.get(field.name()) != null) {
                    values.put(field.name(), record.get(field.name()));
                }
            }
        }
        values.putAll(overrides);
        return create(new Mutation.Create(object, values), session);
    }

    private static boolean copied(FieldDefinition field) {
        return field.writable() && !field.system() && !field.unique() && !field.externalId()
                && !MutationPlanner.concealed(field) && !(field.type() instanceof FieldType.AutoNumber);
    }

    /** One change, in one statement where it can be. The draft is made anew for each attempt. */
    private Done write(Catalog catalog, Session session, Mutation mutation, Repetition repetition,
            Supplier<Draft> drafts) {
        Effect earlier = repetition.earlier();
        if (earlier != null) {
            return new Done(mutation.object(), earlier.ids().getFirst(), List.of(), null);
        }
        Draft first = drafts.get();
        boolean global = first.object().global();
        try {
            if (!repetition.isNoted() && WriteUnit.isPlain(first, catalog)
                    && rights.unrestricted(first.object(), first.action(), session, catalog)) {
                @Nullable
                Done alone = executor.single(session, global,
                        connection -> plain(unit(connection, catalog, session), drafts, session));
                if (alone != null) {
                    committed(alone.changes());
                    return alone;
                }
            }
            Done done = repetition.transaction(executor, session, global,
                    connection -> whole(unit(connection, catalog, session), drafts, session),
                    written -> Effect.of(written.id()));
            committed(done.changes());
            return done;
        } catch (PlatformException e) {
            throw e.code() == RuntimeError.VALIDATION_FAILED ? complete(e, catalog, session, drafts) : e;
        }
    }

    /**
     * What one change has done.
     *
     * @param record as it is now; null where the statement did not show it
     */
    private record Done(String object, UUID id, List<RecordChange> changes, @Nullable RecordDocument record) {

        Done(MutationPlan plan, List<RecordChange> changes, @Nullable RecordDocument record) {
            this(plan.object().name(), plan.id(), changes, record);
        }
    }

    private @Nullable Done plain(WriteUnit unit, Supplier<Draft> drafts, Session session) throws SQLException {
        Draft draft = drafts.get();
        MutationPlan plan = unit.judge(draft);
        if (WriteUnit.needsMore(plan, unit.catalog())) {
            return null;
        }
        if (draft.action() == ChangeAction.DELETE) {
            unit.deletePlain(plan);
            return new Done(plan, unit.changes(), null);
        }
        return new Done(plan, unit.changes(), written(unit, plan, session));
    }

    private RecordDocument written(WriteUnit unit, MutationPlan plan, Session session) throws SQLException {
        String object = plan.object().name();
        WriteAnswer answer = answers.written(whole(object, plan.id()), session, unit.catalog());
        WrittenRow row = unit.write(plan, answer);
        JsonDocument json = row.record();
        return new RecordDocument(object, plan.id(), Objects.requireNonNull(row.version()),
                json == null ? idAlone(plan.id()) : json);
    }

    private Done whole(WriteUnit unit, Supplier<Draft> drafts, Session session) throws SQLException {
        Draft draft = drafts.get();
        MutationPlan plan = draft.action() == ChangeAction.CREATE
                ? unit.judge(draft)
                : unit.judge(List.of(draft), WriteUnit.Refusals.THROW).getFirst();
        RecordDocument record = null;
        if (draft.action() == ChangeAction.DELETE) {
            unit.delete(List.of(plan));
        } else if (unit.isFinal(plan)) {
            record = written(unit, plan, session);
        } else {
            unit.write(List.of(plan), WriteUnit.Refusals.THROW);
        }
        unit.finish();
        return new Done(plan, unit.changes(), record);
    }

    /** A foreign key tells of one bad reference; the caller is told of all. */
    private PlatformException complete(PlatformException refusal, Catalog catalog, Session session,
            Supplier<Draft> drafts) {
        boolean byForeignKey = refusal.fields().size() == 1
                && refusal.fields().getFirst().code().equals("invalid_reference");
        if (!byForeignKey) {
            return refusal;
        }
        Draft draft = drafts.get();
        draft.refuse(refusal.fields().getFirst());
        return executor.single(session, false, connection -> {
            try {
                if (draft.action() == ChangeAction.CREATE || !draft.needsPrevious()) {
                    unit(connection, catalog, session).judge(draft);
                }
                return refusal;
            } catch (PlatformException all) {
                return all;
            }
        });
    }

    WriteUnit unit(WriteConnection connection, Catalog catalog, Session session) {
        return new WriteUnit(connection, catalog, session, planner, mutations, rights);
    }

    MutationPlanner planner() {
        return planner;
    }

    WriteExecutor executor() {
        return executor;
    }

    /** The record as the session sees it now; only its id where it sees nothing of it. */
    RecordDocument answer(String object, UUID id, Session session) {
        try {
            return answers.get(whole(object, id), session);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.RECORD_NOT_FOUND && e.code() != RuntimeError.PERMISSION_DENIED) {
                throw e;
            }
            return new RecordDocument(object, id, 0, idAlone(id));
        }
    }

    private RecordDocument shown(Done done, Session session) {
        RecordDocument record = done.record();
        return record != null ? record : answer(done.object(), done.id(), session);
    }

    private static RecordQuery whole(String object, UUID id) {
        return new RecordQuery(object, id, List.of(), List.of());
    }

    private static JsonDocument idAlone(UUID id) {
        return JsonDocument.of(WriteJson.text(Map.of("id", id)));
    }

    /** Tells the listeners; what they do wrong is theirs. */
    void committed(List<RecordChange> changes) {
        for (RecordChange change : changes) {
            for (RecordListener listener : listeners) {
                try {
                    if (listener.listensTo(change.object())) {
                        listener.committed(change);
                    }
                } catch (RuntimeException e) {
                    LOG.warn("{} failed after {} of {} {}", listener.getClass().getName(), change.action().word(),
                            change.object(), change.record(), e);
                }
            }
        }
        for (RecordListener listener : listeners) {
            listener.afterCommit();
        }
    }
}
