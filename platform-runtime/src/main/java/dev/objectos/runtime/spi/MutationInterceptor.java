package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;

/**
 * May change or refuse a change before it is written. Interceptors are called in the order of {@link #order()}; each sees
 * what those before it have set. A refusal is a {@link dev.objectos.runtime.PlatformException}, or a field error that joins
 * the others.
 */
public interface MutationInterceptor {

    /** Lower comes first; rights come before everything else, at negative numbers. */
    default int order() {
        return 0;
    }

    /**
     * Whether it has nothing to say about any change at the moment, so that nobody prepares for it what it does not look at.
     * Asked for each change; must answer at once.
     */
    default boolean idle() {
        return false;
    }

    /** Whether it must see the stored record; costs a read that locks the record. */
    default boolean needsPrevious(@SuppressWarnings("unused") ChangeAction action,
            @SuppressWarnings("unused") ObjectDefinition object, @SuppressWarnings("unused") Session session) {
        return false;
    }

    /** The same with the change itself at hand, whose values must not be asked for yet. */
    default boolean needsPrevious(MutationDraft draft) {
        return needsPrevious(draft.action(), draft.object(), draft.session());
    }

    /**
     * Whether it takes numbers in the change's transaction, see {@link ChangeTransaction#next}; costs the change its short way
     * of a single statement. Values must not be asked for yet.
     */
    default boolean needsTransaction(@SuppressWarnings("unused") MutationDraft draft) {
        return false;
    }

    /** Whether a field's value goes along where a record is copied. */
    default boolean copies(@SuppressWarnings("unused") ObjectDefinition object,
            @SuppressWarnings("unused") FieldDefinition field) {
        return true;
    }

    /**
     * Asked before any value is looked at and before the stored record is read: whether the session may do such a thing to
     * the object and to the fields that it names. Values must not be asked for yet.
     */
    default void admit(@SuppressWarnings("unused") MutationDraft draft) {}

    /** Asked once the values have their types and defaults, before the rules of fields and object are checked. */
    default void before(@SuppressWarnings("unused") MutationDraft draft) {}
}
