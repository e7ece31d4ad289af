package dev.objectos.runtime.plan;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change that has passed the planner: names are resolved, values have their stored form, every rule is kept. */
public final class MutationPlan {

    private final ChangeAction action;
    private final ObjectDefinition object;
    private final UUID id;
    private final Instant now;
    private final @Nullable Expected expected;
    private final Map<String, @Nullable Object> values;
    private final @Nullable Map<String, @Nullable Object> previous;
    private final Map<String, JsonDocument> notes;
    private final FieldView view;

    /** Only for the planner, which alone knows that the rules are kept. */
    MutationPlan(Draft draft, Map<String, @Nullable Object> values) {
        this.action = draft.action();
        this.object = draft.object();
        this.id = draft.id();
        this.now = draft.now();
        this.expected = draft.expected();
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.previous = draft.previous().orElse(null);
        this.notes = draft.notes();
        this.view = draft.view();
    }

    public ChangeAction action() {
        return action;
    }

    public ObjectDefinition object() {
        return object;
    }

    public UUID id() {
        return id;
    }

    public Instant now() {
        return now;
    }

    /** What the writer believes to be stored; null where that has been checked on the locked record, or does not matter. */
    public @Nullable Expected expected() {
        return previous == null ? expected : null;
    }

    /**
     * What to write: for a creation every stored field but the version, the platform's moments and autonumbers; for an
     * update the fields that may change, in the object's order; nothing for a deletion.
     */
    public Map<String, @Nullable Object> values() {
        return values;
    }

    /** The stored record, locked; null where nothing asked for it. */
    public @Nullable Map<String, @Nullable Object> previous() {
        return previous;
    }

    /** What interceptors have noted for recorders, by key. */
    public Map<String, JsonDocument> notes() {
        return notes;
    }

    /** What the writer sees of the object's fields. */
    public FieldView view() {
        return view;
    }

    @Override
    public String toString() {
        return action.word() + " " + object.name() + " " + id;
    }
}
