package dev.objectos.runtime.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person is to be told.
 *
 * @param tenant in which
 * @param recipient the person's record of the object {@code user}
 * @param key the same whenever the same is told again, such as {@code workflow:<event id>:0}; a person gets one notification
 *        for it
 * @param type what kind of news it is, such as {@code approval_request}: the name of a template, where there is one
 * @param title one line
 * @param body more of it; null: the title says all
 * @param link where to look, as a path beneath the server's address; null: nowhere
 */
public record Notification(UUID tenant, UUID recipient, String key, String type, String title, @Nullable String body,
        @Nullable String link) {}
