package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.DeadLetter;
import dev.objectos.runtime.event.DeadLetterPage;
import dev.objectos.runtime.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Events of the session's tenant that could not be delivered. For platform administrators; others are refused with
 * {@code PERMISSION_DENIED}. An unknown id is refused with {@code RESOURCE_NOT_FOUND}.
 */
public interface DeadLetters {

    /** The largest page. */
    int MAXIMUM = 200;

    /**
     * A page of letters, newest first.
     *
     * @param subscriber only its letters; null: everybody's
     * @param cursor from the page before; null: the first page
     * @param limit from 1 to {@value #MAXIMUM}
     */
    DeadLetterPage page(@Nullable String subscriber, @Nullable String cursor, int limit, Session session);

    DeadLetter get(long id, Session session);

    /** Has the event delivered again, with all its tries, before what waits of the same record. */
    void replay(long id, Session session);

    /** The same with all letters of a subscriber; gives their number. */
    int replayAll(String subscriber, Session session);

    /** Gives an event up for good. */
    void discard(long id, Session session);
}
