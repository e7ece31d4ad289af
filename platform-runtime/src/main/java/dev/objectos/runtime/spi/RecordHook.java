package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.JsonDocument;
import java.util.Set;

/**
 * A plugin's code before and after records are created, changed, deleted and found. A bean of this type takes part. Each call
 * has a thread of its own and so much time as {@code objectos.hooks.timeout} and the plugin's limits give it.
 *
 * <p>
 * A hook refuses with a {@link dev.objectos.runtime.PlatformException}, whose code and message the caller is told;
 * {@code VETOED} where no other code says it better. A hook before something that fails in another way, or is over its time,
 * keeps it from happening too, with {@code PLUGIN_FAILED} or {@code PLUGIN_TIMEOUT}. What goes wrong after something is logged.
 */
public interface RecordHook {

    /** When a hook is called. */
    enum Point {

        BEFORE_INSERT, AFTER_INSERT, BEFORE_UPDATE, AFTER_UPDATE, BEFORE_DELETE, AFTER_DELETE, BEFORE_RESTORE, AFTER_RESTORE, BEFORE_FIND, AFTER_FIND;

        public static Point before(ChangeAction action) {
            return switch (action) {
                case CREATE -> BEFORE_INSERT;
                case UPDATE -> BEFORE_UPDATE;
                case DELETE -> BEFORE_DELETE;
                case RESTORE -> BEFORE_RESTORE;
            };
        }

        public static Point after(ChangeAction action) {
            return switch (action) {
                case CREATE -> AFTER_INSERT;
                case UPDATE -> AFTER_UPDATE;
                case DELETE -> AFTER_DELETE;
                case RESTORE -> AFTER_RESTORE;
            };
        }
    }

    /** Names it in messages, as in {@code acme-billing.credit-limit}. */
    String name();

    /** When it is called; always the same answer. */
    Set<Point> points();

    /** API names of the objects whose records it is called for; empty: all. Always the same answer. */
    default Set<String> objects() {
        return Set.of();
    }

    /** Lower comes first; all hooks come after the platform's own rights, and before the rules of fields and object. */
    default int order() {
        return 0;
    }

    /** Whether {@link #beforeChange} must see the stored record; costs a read that locks it. Always the same answer. */
    default boolean needsPrevious(@SuppressWarnings("unused") ChangeAction action) {
        return false;
    }

    /**
     * Called before a record is created, changed, deleted or restored, in its transaction; may refuse, and set fields of what
     * is created or changed.
     */
    default void beforeChange(@SuppressWarnings("unused") MutationDraft draft) throws Exception {}

    /** Called once a change is committed; the writer waits for it. */
    default void afterChange(@SuppressWarnings("unused") RecordChange change) throws Exception {}

    /** What of the session {@link #beforeFind} looks at, beyond whether it is the platform's own; always the same answer. */
    default Set<Viewer.Part> looksAt() {
        return Set.of();
    }

    /**
     * Narrows every read of an object, by whatever way, or refuses it. Asked when a statement is made, which is then kept for
     * every session that is the same in what {@link #looksAt} names: what differs beyond that, such as the user's id, is a
     * {@link SessionValue} in the filter.
     */
    default FindRestriction beforeFind(@SuppressWarnings("unused") ObjectDefinition object,
            @SuppressWarnings("unused") Viewer viewer) throws Exception {
        return FindRestriction.NONE;
    }

    /** Sees what somebody has been found for, before it is answered; cannot change it. */
    default void afterFind(@SuppressWarnings("unused") Find find,
            @SuppressWarnings("unused") JsonDocument answer) throws Exception {}
}
