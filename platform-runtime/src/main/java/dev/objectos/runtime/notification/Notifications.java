package dev.objectos.runtime.notification;

import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of things, inside the platform. Telling is for the platform's own work, such as a
 * {@link dev.objectos.runtime.spi.EventSubscriber}; reading is everybody's for what they were told themselves.
 */
public interface Notifications {

    /** The largest page. */
    int MAXIMUM = 200;

    /** The most kinds of news for which somebody wants it otherwise. */
    int MOST_KINDS = 200;

    /**
     * Tells a person something, once for each key; takes part in no transaction of the caller.
     *
     * @return false where the person was told already, or does not want to be told
     */
    boolean send(Notification notification);

    /**
     * A page of what the session's user was told; nothing where nobody acts.
     *
     * @param read only what was, or what was not, read; null: both
     * @param type only of that type; null: of any
     * @param cursor from the page before; null: the first page
     * @param limit from 1 to {@value #MAXIMUM}
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} for another limit or a strange cursor
     */
    NotificationPage page(@Nullable Boolean read, @Nullable String type, @Nullable String cursor, int limit,
            Session session);

    /**
     * Notes some of the session's user's notifications as read; those of others and unknown ones are left alone.
     *
     * @return how many were unread before
     */
    int read(Collection<UUID> ids, Session session);

    /** The same with all of them. */
    int readAll(Session session);

    /** What a person wants to be told. Whoever mails news asks this; {@link #send} does by itself. */
    NotificationPreferences preferences(UUID tenant, UUID person);

    /** What the session's user wants to be told. */
    NotificationPreferences preferences(Session session);

    /**
     * Notes what the session's user wants to be told from now on; nothing where nobody acts.
     *
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} for more than {@value #MOST_KINDS} kinds
     */
    void prefer(NotificationPreferences preferences, Session session);
}
