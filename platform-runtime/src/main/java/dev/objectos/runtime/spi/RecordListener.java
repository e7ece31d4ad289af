package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.RecordChange;

/**
 * Told of changes after they are committed, in the writer's thread. What must not be lost belongs to the outbox: a listener
 * is not told again after a crash, and its failure is logged and forgotten.
 */
public interface RecordListener {

    /** Whether changes of that object's records are of interest; always the same answer for the same name. */
    default boolean listensTo(@SuppressWarnings("unused") String object) {
        return true;
    }

    /** Called once for each committed change, in the order in which the changes were made. */
    void committed(RecordChange change);

    /**
     * Called once after each commit, whatever has changed and whether or not {@link #listensTo} wants to know of it; must
     * return at once.
     */
    default void afterCommit() {}
}
