package dev.objectos.server.discovery;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The parts of the API by the names that clients know, and where they stand or will stand. */
enum Route {

    DATA("/api/data"), //
    METADATA("/api/metadata"), //
    AUTH("/api/auth"), //
    PACKAGES("/api/plugins"), //
    I18N("/api/i18n"), //
    NOTIFICATIONS("/api/notifications"), //
    APPROVALS("/api/approvals"), //
    AUTOMATION("/api/automation"), //
    ANALYTICS("/api/analytics"), //
    STORAGE("/api/storage"), //
    REALTIME("/api/realtime"), //
    GRAPHQL("/graphql");

    private final String path;

    Route(String path) {
        this.path = path;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String path() {
        return path;
    }

    static Map<String, Object> all() {
        var routes = new LinkedHashMap<String, Object>();
        for (Route route : values()) {
            routes.put(route.key(), route.path());
        }
        return routes;
    }
}
