package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;

/** Hears of what was subscribed to, one call at a time; must return at once and must not throw. */
public interface ChangeListener {

    /** A change. */
    void next(ChangeEvent event);

    /**
     * Changes have been missed that nobody knows any more: what is known of the result must be read anew. What happens behind
     * the position will be told.
     */
    void reset(long position);

    /** Nothing will be told any more, because the subscription cannot go on. Not called where its connection ends. */
    void ended(PlatformException because);
}
