package dev.objectos.runtime.configuration;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a setting counts at the next start alone. */
final class RestartReason {

    private static final Map<String, String> BY_PREFIX = new LinkedHashMap<>();

    static {
        BY_PREFIX.put("objectos.database.", "connections are opened at the start");
        BY_PREFIX.put("objectos.plugins.", "built-in plugins are chosen at the start");
        BY_PREFIX.put("objectos.profile", "built-in plugins are chosen at the start");
        BY_PREFIX.put("objectos.admin.", "the first administrator is made at the first start");
        BY_PREFIX.put("server.", "the web server opens its port at the start");
    }

    private RestartReason() {}

    static String of(String name) {
        return BY_PREFIX.entrySet().stream().filter(entry -> name.startsWith(entry.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse("it is read at the start alone");
    }
}
