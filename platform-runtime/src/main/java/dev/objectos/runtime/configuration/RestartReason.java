package dev.objectos.runtime.configuration;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a setting counts at the next start alone. */
final class RestartReason {

    private static final Map<String, String> BY_PREFIX = new LinkedHashMap<>();

    static {
        // The longer before the shorter, which it begins with.
        BY_PREFIX.put("objectos.database.", "connections are opened at the start");
        BY_PREFIX.put("objectos.redis.", "connections are opened at the start");
        BY_PREFIX.put("objectos.plugins.limits.", "a plugin gets its limits when the server starts it");
        BY_PREFIX.put("objectos.plugins.restart.", "plugins are watched from the start on");
        BY_PREFIX.put("objectos.plugins.protocols.", "ports of plugins are opened at the start");
        BY_PREFIX.put("objectos.plugins.files.", "files of plugins that run would be left behind");
        BY_PREFIX.put("objectos.plugins.hook-time", "the steps of plugins are given their time at the start");
        BY_PREFIX.put("objectos.plugins.dir", "packages are looked for at the start");
        BY_PREFIX.put("objectos.plugins.", "built-in plugins are chosen at the start");
        BY_PREFIX.put("objectos.profile", "built-in plugins are chosen at the start");
        BY_PREFIX.put("objectos.trust", "packages are verified at the start");
        BY_PREFIX.put("objectos.admin.", "the first administrator is made at the first start");
        BY_PREFIX.put("objectos.storage.", "stores are opened at the start");
        BY_PREFIX.put("objectos.files.", "the store of files is opened at the start");
        BY_PREFIX.put("objectos.cache.", "caches are made at the start");
        BY_PREFIX.put("objectos.coordination.", "queues and locks are joined at the start");
        BY_PREFIX.put("objectos.events.", "the threads that deliver events are made at the start");
        BY_PREFIX.put("objectos.automation.", "the threads that run triggers are made at the start");
        BY_PREFIX.put("objectos.health.", "the rounds of probes are planned at the start");
        BY_PREFIX.put("objectos.realtime.", "connections that are open keep what they were promised");
        BY_PREFIX.put("objectos.graphql.", "operations that are kept were checked by it");
        BY_PREFIX.put("objectos.metadata.", "folders are followed from the start on");
        BY_PREFIX.put("objectos.mail.", "the way to the mail server is prepared at the start");
        BY_PREFIX.put("objectos.auth.", "the ways to sign in are prepared at the start");
        BY_PREFIX.put("objectos.audit.", "the audit is prepared at the start");
        BY_PREFIX.put("server.", "the web server opens its port at the start");
        BY_PREFIX.put("spring.", "the parts of Spring Boot are wired at the start");
        BY_PREFIX.put("management.", "the web server opens its port at the start");
    }

    private RestartReason() {}

    static String of(String name) {
        return BY_PREFIX.entrySet().stream().filter(entry -> name.startsWith(entry.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse("it is read at the start alone");
    }
}
