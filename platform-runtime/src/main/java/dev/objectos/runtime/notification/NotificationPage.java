package dev.objectos.runtime.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a person's notifications, newest first.
 *
 * @param unread how many are unread altogether
 * @param nextCursor for the next page; null: this is the last
 */
public record NotificationPage(List<StoredNotification> items, int unread, @Nullable String nextCursor) {

    public NotificationPage {
        items = List.copyOf(items);
    }
}
