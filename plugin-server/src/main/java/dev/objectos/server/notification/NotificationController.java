package dev.objectos.server.notification;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.notification.NotificationPage;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.notification.StoredNotification;
import dev.objectos.runtime.session.Session;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller was told, newest first, and noting it as read. */
@RestController
@RequestMapping("/api/notifications")
public final class NotificationController {

    private final Notifications notifications;
    private final JsonBodies bodies;

    public NotificationController(Notifications notifications, JsonBodies bodies) {
        this.notifications = notifications;
        this.bodies = bodies;
    }

    @GetMapping
    Map<String, Object> list(@RequestParam(name = "read", required = false) @Nullable Boolean read,
            @RequestParam(name = "type", required = false) @Nullable String type,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = "50") int limit, Session session) {
        // Clients of this route expect a window that is too large or too small to be brought to size.
        NotificationPage page = notifications.page(read, type, after,
                Math.clamp(limit, 1, Notifications.MAXIMUM), session);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("notifications", page.items().stream().map(NotificationController::item).toList());
        answer.put("unreadCount", page.unread());
        String next = page.nextCursor();
        if (next != null) {
            answer.put("nextCursor", next);
        }
        return answer;
    }

    @PostMapping("/read")
    Map<String, Object> read(HttpServletRequest request, Session session) {
        Map<String, @Nullable Object> body = bodies.readObject(request);
        if (!Set.of("ids").containsAll(body.keySet()) || !(body.get("ids") instanceof List<?> list)
                || !list.stream().allMatch(id -> id instanceof String text && FieldValues.isId(text))) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"ids\" is a list of ids of notifications, and all that is given");
        }
        return done(notifications.read(list.stream().map(id -> UUID.fromString((String) id)).toList(), session));
    }

    @PostMapping("/read/all")
    Map<String, Object> readAll(Session session) {
        return done(notifications.readAll(session));
    }

    private static Map<String, Object> done(int count) {
        return Map.of("success", true, "readCount", count);
    }

    private static Map<String, Object> item(StoredNotification notification) {
        var item = new LinkedHashMap<String, Object>();
        item.put("id", notification.id());
        item.put("type", notification.type());
        item.put("title", notification.title());
        String body = notification.body();
        item.put("body", body == null ? "" : body);
        item.put("read", notification.readAt() != null);
        String link = notification.link();
        if (link != null) {
            item.put("actionUrl", link);
        }
        item.put("createdAt", notification.createdAt());
        return item;
    }
}
