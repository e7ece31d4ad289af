package dev.objectos.runtime.spi;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change that is about to be made, as an interceptor sees it. Values have the forms of {@code metadata.FieldValues}. */
public interface MutationDraft {

    ChangeAction action();

    ObjectDefinition object();

    /** The snapshot that the change is judged by. */
    Catalog catalog();

    /** The record's id; known already when it is about to be created. */
    UUID id();

    Session session();

    /** The moment that {@code now} means throughout this change. */
    Instant now();

    /**
     * Whether nobody asked for this change itself: it follows from the deletion of a record that this one refers to.
     */
    boolean consequence();

    /** The fields that the caller gave, defaults, and what interceptors have set so far; empty for a deletion. */
    Set<String> written();

    /**
     * The field's value as it will be stored; for a deletion as it is.
     *
     * @throws IllegalStateException for a field that is not written, where nobody has asked for the previous record
     */
    @Nullable
    Object value(String field);

    /** The record as it is stored, locked until the change is done; empty for a creation or where nobody asked for it. */
    Optional<Map<String, @Nullable Object>> previous();

    /** Writes a field, also one that callers may not write; its own rules are checked afterwards. */
    void set(String field, @Nullable Object value);

    /**
     * The value of an expression around this change: {@code record} is the record as it will be so far, {@code previous} as
     * it is stored, and records behind lookups are read within the change.
     *
     * @throws IllegalStateException before the values of the change are known, in {@link MutationInterceptor#admit}
     */
    @Nullable
    Object evaluate(CompiledExpression expression);

    /** Refuses the change, together with whatever else is wrong with it. */
    void refuse(FieldError error);

    /**
     * The transaction that the change is about to be made in.
     *
     * @throws IllegalStateException before the values of the change are known, in {@link MutationInterceptor#admit}
     */
    ChangeTransaction transaction();

    /**
     * Leaves something for the {@link ChangeRecorder}s that ask for it by that key, see {@link ChangeRecorder.Note}; it is
     * recorded with the change or not at all.
     */
    void note(String key, JsonDocument note);
}
