package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.PlatformEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account, a session or a tenant's members.
 *
 * @param action lower-case words joined by dots and dashes, such as {@code sign-in.failed}
 * @param account whose account it is about; null: of nobody known
 * @param tenant in which it happened; null: in none
 * @param user the acting person's record there
 * @param impersonator account of the administrator who acted as the user
 * @param details what else is worth knowing; never a password, a token or a key
 */
public record SecurityEvent(String action, Instant at, @Nullable UUID account, @Nullable UUID tenant,
        @Nullable UUID user, @Nullable UUID impersonator, @Nullable String ipAddress, @Nullable String userAgent,
        Map<String, String> details) implements PlatformEvent {

    public SecurityEvent {
        details = Map.copyOf(details);
    }

    @Override
    public String name() {
        return "security." + action;
    }
}
