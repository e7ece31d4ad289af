package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeTransaction;
import dev.objectos.runtime.spi.MutationDraft;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change under way through the planner. */
public final class Draft implements MutationDraft {

    private final Catalog catalog;
    private final ChangeAction action;
    private final ObjectDefinition object;
    private final UUID id;
    private final Session session;
    private final Instant now;
    private final @Nullable Expected expected;
    private final boolean consequence;
    private final Set<String> named;
    private final Map<String, @Nullable Object> values;
    private final FieldView view;
    private final FieldErrors errors;
    private @Nullable Map<String, @Nullable Object> previous;
    private boolean needsPrevious;
    private boolean needsTransaction;
    private @Nullable DraftTransaction transaction;
    private Map<String, JsonDocument> notes = Map.of();

    Draft(Catalog catalog, ChangeAction action, ObjectDefinition object, UUID id, Session session, Instant now,
            @Nullable Expected expected, boolean consequence, Set<String> named, Map<String, @Nullable Object> values,
            FieldView view) {
        this.catalog = catalog;
        this.action = action;
        this.object = object;
        this.id = id;
        this.session = session;
        this.now = now;
        this.expected = expected;
        this.consequence = consequence;
        this.named = named;
        this.values = values;
        this.view = view;
        this.errors = new FieldErrors(object, view);
    }

    @Override
    public ChangeAction action() {
        return action;
    }

    @Override
    public ObjectDefinition object() {
        return object;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public boolean consequence() {
        return consequence;
    }

    @Override
    public Set<String> written() {
        var written = new LinkedHashSet<>(named);
        written.addAll(values.keySet());
        return written;
    }

    @Override
    public @Nullable Object value(String field) {
        if (object.field(field).isEmpty()) {
            throw new IllegalArgumentException(object.name() + " has no field " + field);
        }
        if (values.containsKey(field)) {
            return values.get(field);
        }
        if (action == ChangeAction.CREATE) {
            return null;
        }
        if (previous == null) {
            throw new IllegalStateException(field + " is not written; ask for the previous record");
        }
        return previous.get(field);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> previous() {
        return Optional.ofNullable(previous);
    }

    @Override
    public void set(String field, @Nullable Object value) {
        if (action == ChangeAction.DELETE || action == ChangeAction.RESTORE) {
            throw new IllegalStateException("a " + action.word() + " writes no field");
        }
        if (!object.field(field).orElseThrow(
                () -> new IllegalArgumentException(object.name() + " has no field " + field)).stored()) {
            throw new IllegalArgumentException(object.name() + "." + field + " is computed");
        }
        values.put(field, value);
    }

    @Override
    public void refuse(FieldError error) {
        errors.add(error);
    }

    @Override
    public @Nullable Object evaluate(CompiledExpression expression) {
        return expression.evaluate(context(surroundings().related()));
    }

    @Override
    public ChangeTransaction transaction() {
        return surroundings();
    }

    private DraftTransaction surroundings() {
        if (transaction == null) {
            throw new IllegalStateException("the values of the change are not known yet");
        }
        return transaction;
    }

    /** What expressions see around the change as it is now. */
    ChangeContext context(RelatedRecords related) {
        return new ChangeContext(catalog, object, merged(), previous, related, session, now);
    }

    @Override
    public void note(String key, JsonDocument note) {
        var more = new LinkedHashMap<>(notes);
        more.put(key, note);
        notes = more;
    }

    /** Whether the stored record must be read, and locked, before the change can be judged. */
    public boolean needsPrevious() {
        return needsPrevious;
    }

    public @Nullable Expected expected() {
        return expected;
    }

    /** Asks for the stored record. */
    public void needPrevious() {
        needsPrevious = true;
    }

    /** Whether one statement by itself will not do. */
    public boolean needsTransaction() {
        return needsTransaction;
    }

    void needTransaction() {
        needsTransaction = true;
    }

    void within(DraftTransaction current) {
        transaction = current;
    }

    Map<String, JsonDocument> notes() {
        return notes;
    }

    void previous(@Nullable Map<String, @Nullable Object> stored) {
        previous = stored == null ? null : Collections.unmodifiableMap(stored);
    }

    /** Whether the caller named the field. */
    boolean given(String field) {
        return named.contains(field);
    }

    /** What the writer sees of the object's fields. */
    FieldView view() {
        return view;
    }

    FieldErrors errors() {
        return errors;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    /** The record as it will be; only what is written where the previous record was not asked for. */
    Map<String, @Nullable Object> merged() {
        var merged = new LinkedHashMap<String, @Nullable Object>();
        if (previous != null) {
            merged.putAll(previous);
        } else {
            merged.put(SystemFields.ID, id);
            merged.put(SystemFields.CREATED_AT, now);
            merged.put(SystemFields.CREATED_BY, session.userId());
        }
        merged.putAll(values);
        return merged;
    }
}
