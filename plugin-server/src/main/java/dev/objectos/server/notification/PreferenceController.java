package dev.objectos.server.notification;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.notification.NotificationPreferences;
import dev.objectos.runtime.notification.NotificationPreferences.Kind;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.session.Session;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the caller wants to be told, and how, in the shape of the TypeScript client's types. Of these the platform has neither
 * push messages nor digests.
 */
@RestController
@RequestMapping("/api/notifications/preferences")
public final class PreferenceController {

    private static final Set<String> KEYS = Set.of("inApp", "email", "push", "digest", "channels");
    private static final Set<String> KEYS_OF_A_KIND = Set.of("enabled", "inApp", "email", "push");
    private static final int LONGEST_KIND = 255;

    private final Notifications notifications;
    private final JsonBodies bodies;

    public PreferenceController(Notifications notifications, JsonBodies bodies) {
        this.notifications = notifications;
        this.bodies = bodies;
    }

    @GetMapping
    Map<String, Object> get(Session session) {
        return answer(notifications.preferences(session));
    }

    /** What is not said becomes as it is for who has never said anything. */
    @PutMapping
    Map<String, Object> replace(HttpServletRequest request, Session session) {
        return prefer(NotificationPreferences.DEFAULT, request, session);
    }

    /** What is not said stays. */
    @PatchMapping
    Map<String, Object> change(HttpServletRequest request, Session session) {
        return prefer(notifications.preferences(session), request, session);
    }

    private Map<String, Object> prefer(NotificationPreferences before, HttpServletRequest request, Session session) {
        Map<String, @Nullable Object> body = bodies.readObject(request);
        if (!body.keySet().equals(Set.of("preferences"))) {
            throw refused("The body is {\"preferences\": {…}}");
        }
        Map<?, ?> given = object(body.get("preferences"), "preferences", KEYS);
        refuseOthers(given);
        var kinds = new TreeMap<String, Kind>(before.kinds());
        Map<?, ?> channels = given.get("channels") == null
                ? Map.of()
                : object(given.get("channels"), "channels", null);
        channels.forEach((name, kind) -> kinds.put(name(name), kind(kind, "channels." + name)));
        var preferences = new NotificationPreferences(choice(given, "inApp", before.inApp()),
                choice(given, "email", before.email()), kinds);
        notifications.prefer(preferences, session);
        return answer(preferences);
    }

    private static String name(Object name) {
        String text = (String) name;
        if (text.isBlank() || text.length() > LONGEST_KIND) {
            throw refused("A channel is named like the type of its notifications, in at most " + LONGEST_KIND
                    + " characters");
        }
        return text;
    }

    private static Kind kind(@Nullable Object given, String where) {
        Map<?, ?> kind = object(given, where, KEYS_OF_A_KIND);
        refuseOthers(kind);
        return new Kind(choice(kind, "enabled", true), choice(kind, "inApp"), choice(kind, "email"));
    }

    private static void refuseOthers(Map<?, ?> given) {
        if (Boolean.TRUE.equals(choice(given, "push"))) {
            throw refused("\"push\" can only be false: this server sends no push messages");
        }
        if (given.get("digest") != null && !"none".equals(given.get("digest"))) {
            throw refused("\"digest\" can only be \"none\": this server sends no digests");
        }
    }

    private static boolean choice(Map<?, ?> given, String name, boolean otherwise) {
        Boolean choice = choice(given, name);
        return choice == null ? otherwise : choice;
    }

    private static @Nullable Boolean choice(Map<?, ?> given, String name) {
        return switch (given.get(name)) {
            case null -> null;
            case Boolean choice -> choice;
            default -> throw refused("\"" + name + "\" is true or false");
        };
    }

    /** @param keys that it may have; null: any */
    private static Map<?, ?> object(@Nullable Object given, String where, @Nullable Set<String> keys) {
        if (!(given instanceof Map<?, ?> object)) {
            throw refused("\"" + where + "\" is an object");
        }
        if (keys != null && !keys.containsAll(object.keySet())) {
            throw refused("\"" + where + "\" has the keys " + new TreeSet<>(keys) + " and no others");
        }
        return object;
    }

    private static Map<String, Object> answer(NotificationPreferences preferences) {
        var channels = new TreeMap<String, Object>();
        preferences.kinds().forEach((name, kind) -> channels.put(name, answer(kind)));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("email", preferences.email());
        answer.put("push", false);
        answer.put("inApp", preferences.inApp());
        answer.put("digest", "none");
        answer.put("channels", channels);
        return Map.of("preferences", answer);
    }

    private static Map<String, Object> answer(Kind kind) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("enabled", kind.enabled());
        Boolean inApp = kind.inApp();
        if (inApp != null) {
            answer.put("inApp", inApp);
        }
        Boolean email = kind.email();
        if (email != null) {
            answer.put("email", email);
        }
        return answer;
    }

    private static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
