package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Action;
import dev.objectos.automation.trigger.TextTemplate;
import dev.objectos.automation.trigger.Trigger;
import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.mail.MailFailure;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.RecordTransitions;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is left of a run: its actions in their order, each once, as far as they go. */
public final class RunExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecutor.class);

    private final Catalogs catalogs;
    private final RunLog log;
    private final Records records;
    private final Messages messages;
    private final Supplier<Optional<RecordTransitions>> transitions;
    private final Supplier<Optional<Actions>> actions;

    /**
     * @param transitions empty where there are no workflows
     * @param actions empty where nobody runs actions
     */
    public RunExecutor(Catalogs catalogs, RunLog log, Records records, Messages messages,
            Supplier<Optional<RecordTransitions>> transitions, Supplier<Optional<Actions>> actions) {
        this.transitions = transitions;
        this.actions = actions;
        this.catalogs = catalogs;
        this.log = log;
        this.records = records;
        this.messages = messages;
    }

    /**
     * Tries once. How it went is in the log.
     *
     * @param session the platform's own, in the run's tenant
     * @throws UnfinishedRunException where another try may help
     */
    public void execute(UUID id, Session session) {
        Optional<Run> begun = log.begin(id);
        if (begun.isEmpty()) {
            throw new UnfinishedRunException("another try of the run is under way");
        }
        long began = System.nanoTime();
        try {
            perform(begun.get(), session);
            log.end(id, null, false, micros(began));
        } catch (TriggerFailure failure) {
            log.end(id, failure.reason(), true, micros(began));
        } catch (MailFailure failure) {
            end(id, failure.reason(), failure.temporary(), began);
        } catch (PlatformException refusal) {
            end(id, message(refusal), temporary(refusal), began);
        } catch (RuntimeException e) {
            LOG.warn("The run {} of the trigger {} failed", id, begun.get().trigger(), e);
            end(id, "something went wrong on the server; its log says more", true, began);
        }
    }

    private void end(UUID id, String reason, boolean again, long began) {
        log.end(id, reason, !again, micros(began));
        if (again) {
            throw new UnfinishedRunException(reason);
        }
    }

    private void perform(Run run, Session session) {
        Catalog catalog = catalogs.current();
        Trigger trigger = Triggers.of(catalog).named(run.trigger())
                .orElseThrow(() -> new TriggerFailure("there is no trigger '" + run.trigger() + "' any more"));
        ObjectDefinition object = catalog.object(run.object())
                .orElseThrow(() -> new TriggerFailure("there is no object '" + run.object() + "' any more"));
        var stored = new StoredRecords(records, session);
        var context = new RunContext(catalog, object, run, stored, session);
        var values = new RunValues(context, stored);
        var changes = new RecordActions(records, session, catalog, values);
        List<Action> actions = trigger.actions();
        for (int i = 0; i < actions.size(); i++) {
            if (!run.done().contains(i)) {
                String effect = run.id() + ":" + i;
                try {
                    perform(run, trigger, actions.get(i), effect, changes, values, catalog, session);
                } catch (TriggerFailure failure) {
                    throw new TriggerFailure(actions.get(i).type() + ": " + failure.reason());
                }
                log.done(run.id(), i);
                stored.changed();
            }
        }
    }

    private void perform(Run run, Trigger trigger, Action action, String effect, RecordActions changes,
            RunValues values, Catalog catalog, Session session) {
        switch (action) {
            case Action.SendMail mail -> messages.send(mail, effect, values, catalog, run.object());
            case Action.Notify news -> messages.tell(news, effect, values, catalog, run);
            case Action.TakeTransition transition ->
                take(transition, changes.matching(transition.object(), transition.where()), effect, run, values,
                        session);
            case Action.RunAction named -> run(named, changes, effect, run, values, catalog, session);
            case Action.Unsupported other ->
                throw new TriggerFailure("the action '" + other.type() + "' is not supported yet");
            case Action.SetFields _,Action.CreateRecord _,Action.UpdateRecords _,Action.DeleteRecords _ -> {
                if (!log.hasEffect(effect)) {
                    boolean late = action instanceof Action.SetFields;
                    ScopedValue.where(Cause.CURRENT, cause(run, effect, late ? trigger : null))
                            .run(() -> changes.perform(action, run));
                }
            }
        }
    }

    /** Each in a transaction of its own. */
    private void take(Action.TakeTransition transition, List<UUID> ids, String effect, Run run, RunValues values,
            Session session) {
        RecordTransitions workflows = transitions.get()
                .orElseThrow(() -> new TriggerFailure("there are no workflows on this server"));
        TextTemplate written = transition.comment();
        String comment = written == null ? null : values.text(written);
        for (UUID id : ids) {
            String one = effect + ":" + id;
            if (!log.hasEffect(one)) {
                ScopedValue.where(Cause.CURRENT, cause(run, one, null)).run(
                        () -> workflows.take(transition.object(), id, transition.transition(), comment, session));
            }
        }
    }

    /** Each in a transaction of its own, as far as it is one; what a handler does elsewhere is done once more where a run is. */
    private void run(Action.RunAction action, RecordActions changes, String effect, Run run, RunValues values,
            Catalog catalog, Session session) {
        Actions door = actions.get().orElseThrow(() -> new TriggerFailure("there are no actions on this server"));
        boolean onRecord = catalog.object(action.object()).map(object -> object.actions().get(action.action()))
                .map(ActionDefinition::onRecord)
                .orElseThrow(() -> new TriggerFailure("there is no action '" + action.action() + "' any more"));
        Map<String, @Nullable Object> params = values.all(action.params());
        List<@Nullable UUID> ids = new ArrayList<>();
        if (onRecord) {
            ids.addAll(changes.matching(action.object(), action.where()));
        } else {
            ids.add(null);
        }
        for (UUID id : ids) {
            String one = effect + ":" + (id == null ? action.action() : id);
            if (!log.hasEffect(one)) {
                ScopedValue.where(Cause.CURRENT, cause(run, one, null))
                        .run(() -> door.run(action.object(), action.action(), id, params, session));
            }
        }
    }

    private static Cause cause(Run run, String effect, @Nullable Trigger late) {
        return new Cause(effect, Cause.longer(run.chain(), Cause.link(run.trigger(), run.record())), late);
    }

    private static boolean temporary(PlatformException refusal) {
        ErrorKind kind = refusal.code().kind();
        return kind == ErrorKind.INTERNAL || kind == ErrorKind.UNAVAILABLE
                || refusal.code() == RuntimeError.CONCURRENT_UPDATE;
    }

    private static String message(PlatformException refusal) {
        return refusal.fields().size() < 2
                ? refusal.message()
                : refusal.fields().stream().map(FieldError::message).collect(Collectors.joining("; "));
    }

    private static long micros(long began) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }
}
