package dev.objectos.runtime.notification;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to be told, and how.
 *
 * @param inApp inside the platform
 * @param email by mail, where news go out by mail too
 * @param kinds for which it is otherwise, by {@link Notification#type()}
 */
public record NotificationPreferences(boolean inApp, boolean email, Map<String, Kind> kinds) {

    /** Of a person who has not said anything. */
    public static final NotificationPreferences DEFAULT = new NotificationPreferences(true, true, Map.of());

    public NotificationPreferences {
        kinds = Map.copyOf(kinds);
    }

    /**
     * News of one kind.
     *
     * @param enabled false: neither inside the platform nor by mail
     * @param inApp null: as for all others
     * @param email null: as for all others
     */
    public record Kind(boolean enabled, @Nullable Boolean inApp, @Nullable Boolean email) {

        private boolean wants(@Nullable Boolean own, boolean others) {
            return enabled && (own == null ? others : own);
        }
    }

    /** Whether news of a kind are told inside the platform. */
    public boolean inApp(String kind) {
        Kind own = kinds.get(kind);
        return own == null ? inApp : own.wants(own.inApp, inApp);
    }

    /** Whether news of a kind are mailed. */
    public boolean email(String kind) {
        Kind own = kinds.get(kind);
        return own == null ? email : own.wants(own.email, email);
    }
}
