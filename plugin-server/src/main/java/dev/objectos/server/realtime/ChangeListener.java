package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;

/** Hears of what was subscribed to, one call at a time; must not throw. */
public interface ChangeListener {

    /** A change; must return at once. */
    void next(ChangeEvent event);

    /** A change that was missed, told by the thread that subscribes; may wait until its client can take it. */
    default void missed(ChangeEvent event) {
        next(event);
    }

    /**
     * Changes have been missed that nobody knows any more: what is known of the result must be read anew. What happens behind
     * the position will be told. Must return at once.
     */
    void reset(long position);

    /** Nothing will be told any more, because the subscription cannot go on. Not called where its connection ends. */
    void ended(PlatformException because);
}
