package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Action;
import dev.objectos.automation.trigger.NewValue;
import dev.objectos.automation.trigger.Trigger;
import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks triggers about a change while it is made: writes the fields that they write, and notes what is left to do because of it.
 * Seeds set off nothing.
 */
public final class TriggerInterceptor implements MutationInterceptor {

    /** After the rights and rules of others, so that turns are taken late. */
    private static final int ORDER = 500;

    private final Catalogs catalogs;
    private final String plugin;
    private final int depth;
    private final Refusals refusals;

    /** Hears of changes that were refused because of a trigger, and so of which nothing is stored. */
    @FunctionalInterface
    public interface Refusals {

        void refused(MutationDraft draft, String trigger, String reason, long micros);
    }

    /**
     * @param plugin whose counters are used
     * @param depth how many triggers may set off each other
     */
    public TriggerInterceptor(Catalogs catalogs, String plugin, int depth, Refusals refusals) {
        this.catalogs = catalogs;
        this.plugin = plugin;
        this.depth = depth;
        this.refusals = refusals;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public boolean idle() {
        return Triggers.of(catalogs.current()).all().isEmpty();
    }

    @Override
    public boolean needsPrevious(MutationDraft draft) {
        Cause cause = Cause.current();
        return !setOff(draft).isEmpty() || (cause != null && cause.late() != null);
    }

    @Override
    public boolean needsTransaction(MutationDraft draft) {
        Cause cause = Cause.current();
        Trigger late = cause == null ? null : cause.late();
        return setOff(draft).takesTurns() || (late != null && late.takesTurns());
    }

    private static Triggers.OfChange setOff(MutationDraft draft) {
        return draft.session().origin() == Origin.SEED
                ? Triggers.OfChange.NOTHING
                : Triggers.of(draft.catalog()).of(draft.object().name(), draft.action());
    }

    @Override
    public void before(MutationDraft draft) {
        Triggers.OfChange triggers = setOff(draft);
        Cause cause = Cause.current();
        if (triggers.isEmpty() && cause == null) {
            return;
        }
        var note = new RunNote();
        Trigger late = cause == null ? null : cause.late();
        if (late != null) {
            write(draft, late);
        }
        triggers.before().forEach(trigger -> ask(draft, trigger, true, cause, note));
        if (draft.action() != ChangeAction.UPDATE || changesAnything(draft)) {
            triggers.after().forEach(trigger -> ask(draft, trigger, false, cause, note));
        }
        if (cause != null) {
            note.put("effect", cause.effect());
            note.put("chain", cause.chain());
        }
        if (note.waits()) {
            note.put("actor", draft.session().userId());
            note.put("changes", changes(draft));
        }
        if (cause != null || note.hasRuns()) {
            draft.note(RunNote.KEY, note.document());
        }
    }

    private void ask(MutationDraft draft, Trigger trigger, boolean before, @Nullable Cause cause, RunNote note) {
        long began = System.nanoTime();
        if (!watches(draft, trigger) || !trigger.conditions().stream()
                .allMatch(condition -> Boolean.TRUE.equals(draft.evaluate(condition)))) {
            return;
        }
        if (trigger.hasDeferred() && cause != null) {
            String circle = circle(cause, trigger, draft);
            if (circle != null) {
                note.failed(trigger.name(), circle, micros(began));
                return;
            }
        }
        try {
            List<Integer> done = write(draft, trigger);
            if (trigger.hasDeferred()) {
                note.pending(trigger.name(), done, micros(began));
            } else {
                note.succeeded(trigger.name(), done, micros(began));
            }
        } catch (TriggerFailure failure) {
            if (before) {
                refusals.refused(draft, trigger.name(), failure.reason(), micros(began));
                throw new PlatformException(RuntimeError.VALIDATION_FAILED,
                        "The trigger '" + trigger.name() + "' cannot run: " + failure.reason())
                        .about(draft.object().name()).with("trigger", trigger.name());
            }
            note.failed(trigger.name(), failure.reason(), micros(began));
        }
    }

    private @Nullable String circle(Cause cause, Trigger trigger, MutationDraft draft) {
        String path = cause.chain().stream().map(link -> link.substring(0, link.lastIndexOf('@')))
                .collect(Collectors.joining(" → ", "", " → " + trigger.name()));
        if (cause.chain().contains(Cause.link(trigger.name(), draft.id()))) {
            return "stopped, because the trigger has set itself off again for the same record: " + path;
        }
        return cause.chain().size() < depth
                ? null
                : "stopped, because more than " + depth + " triggers have set off each other: " + path;
    }

    /** Writes the fields of the record itself; all or none. @return the positions of the actions that are done */
    private List<Integer> write(MutationDraft draft, Trigger trigger) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var done = new ArrayList<Integer>();
        for (int i = 0; i < trigger.actions().size(); i++) {
            if (trigger.actions().get(i) instanceof Action.SetFields set) {
                String counter = trigger.name() + "/" + i;
                set.values().forEach((field, value) -> values.put(field, value(draft, value, counter + "/" + field)));
                done.add(i);
            }
        }
        values.forEach(draft::set);
        return done;
    }

    private @Nullable Object value(MutationDraft draft, NewValue value, String counter) {
        return switch (value) {
            case NewValue.Constant constant -> constant.value();
            case NewValue.Computed computed -> draft.evaluate(computed.expression());
            case NewValue.Filled filled -> filled.text().render(draft::evaluate);
            case NewValue.Person person -> users(draft).one(person.who());
            case NewValue.RoundRobin turns -> {
                List<?> pool = users(draft).all(turns.pool());
                long turn = draft.transaction().next(plugin, counter);
                yield pool.get((int) Math.floorMod(turn - 1, (long) pool.size()));
            }
        };
    }

    private static UserNames users(MutationDraft draft) {
        return new UserNames((field, values) -> draft.transaction().find(Catalog.USER, field, values));
    }

    private static boolean watches(MutationDraft draft, Trigger trigger) {
        return trigger.watch().isEmpty() || draft.action() == ChangeAction.DELETE
                || trigger.watch().stream().anyMatch(field -> changed(draft, field));
    }

    private static boolean changesAnything(MutationDraft draft) {
        return draft.written().stream().anyMatch(field -> changed(draft, field));
    }

    private static boolean changed(MutationDraft draft, String field) {
        Object from = from(draft, field);
        Object to = draft.value(field);
        return from instanceof BigDecimal a && to instanceof BigDecimal b
                ? a.compareTo(b) != 0
                : !Objects.equals(from, to);
    }

    private static @Nullable Object from(MutationDraft draft, String field) {
        Map<String, @Nullable Object> previous = draft.previous().orElse(null);
        return previous == null ? null : previous.get(field);
    }

    /** The same as the change's event says, so that what follows can be done without it. */
    private static Map<String, Object> changes(MutationDraft draft) {
        var changes = new LinkedHashMap<String, Object>();
        for (FieldDefinition field : draft.object().fields().values()) {
            boolean told = field.stored() && !(field.type() instanceof FieldType.Password)
                    && !(field.type() instanceof FieldType.Secret);
            if (told && (draft.action() == ChangeAction.DELETE || changed(draft, field.name()))) {
                var change = new LinkedHashMap<String, @Nullable Object>();
                change.put("from", from(draft, field.name()));
                change.put("to", draft.action() == ChangeAction.DELETE ? null : draft.value(field.name()));
                changes.put(field.name(), change);
            }
        }
        return changes;
    }

    private static long micros(long began) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }
}
