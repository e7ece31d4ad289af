package dev.objectos.runtime.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification as its recipient finds it.
 *
 * @param readAt when it was noted as read; null: not yet
 */
public record StoredNotification(UUID id, String type, String title, @Nullable String body, @Nullable String link,
        Instant createdAt, @Nullable Instant readAt) {}
