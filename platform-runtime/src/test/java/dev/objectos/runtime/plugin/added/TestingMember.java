package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.ServiceReference;
import java.util.Map;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/** A plugin with Java whose code does what a test tells it, through a service that it offers. */
final class TestingMember {

    /** The hook that fails, hangs or does neither, and what was told so far; shared with the plugin's own classes. */
    static final String FAIL = "acme.fail";
    static final String TOLD = "acme.told";

    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.cache.*;
            import dev.objectos.runtime.event.EventBus;
            import dev.objectos.runtime.query.*;
            import dev.objectos.runtime.service.*;
            import dev.objectos.runtime.session.*;
            import dev.objectos.runtime.spi.*;
            import dev.objectos.runtime.storage.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.Function;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.ConfigurableApplicationContext;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Member implements PlatformPlugin {

                private final Records records;
                private final Services services;
                private final PluginStorage storage;
                private final PluginCaches caches;
                private final PluginSettings settings;
                private final PluginHttp http;
                private final PluginFiles files;
                private final PluginSecrets secrets;
                private final ConfigurableApplicationContext context;
                private final List<String> heard = new CopyOnWriteArrayList<>();
                private final Map<String, ServiceReference<Function>> used = new ConcurrentHashMap<>();
                private volatile boolean sick;

                public Member(Records records, Services services, PluginStorage storage, PluginCaches caches, EventBus bus,
                        PluginSettings settings, PluginHttp http, PluginFiles files, PluginSecrets secrets,
                        ConfigurableApplicationContext context) {
                    this.records = records;
                    this.services = services;
                    this.storage = storage;
                    this.caches = caches;
                    this.settings = settings;
                    this.http = http;
                    this.files = files;
                    this.secrets = secrets;
                    this.context = context;
                    bus.subscribe(String.class, word -> { heard.add(word); told("@VERSION@ heard " + word); });
                }

                @Bean HealthProbe probe() {
                    return new HealthProbe() {
                        @Override public String name() { return "@ID@.probe"; }
                        @Override public HealthResult check() {
                            return sick ? HealthResult.down("a headache") : HealthResult.up("well");
                        }
                    };
                }

                @Override public String id() { return "@ID@"; }
                @Override public void onInstall() { step("onInstall"); }
                @Override public void onUpgrade(String from) { step("onUpgrade from " + from); }
                @Override public void onEnable() { step("onEnable"); }
                @Override public void onDisable() { step("onDisable"); }
                @Override public void onUninstall() { step("onUninstall"); }
                @Override public void onLoad() {
                    step("onLoad");
                    services.offer(ServiceKey.of(Function.class, "@ID@.door", "@CONTRACT@"),
                            (Function<String, Object>) this::ask);
                }

                private static void step(String what) {
                    told("@VERSION@ " + what);
                    String fail = System.getProperty("acme.fail", "");
                    if (fail.equals("@VERSION@ " + what) || fail.equals(what)) {
                        throw new IllegalStateException("not today");
                    }
                    if (fail.equals("hang " + what)) {
                        try { Thread.sleep(Duration.ofMinutes(1)); } catch (InterruptedException e) { told("interrupted"); }
                    }
                }

                @SuppressWarnings("unchecked") private static void told(String what) {
                    Object all = System.getProperties().get("acme.told");
                    if (all != null) { ((Collection<String>) all).add("@ID@ " + what); }
                }

                private Object ask(String question) {
                    String[] words = question.split(" ");
                    Session session = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
                    return switch (words[0]) {
                        case "version" -> "@VERSION@";
                        case "heard" -> heard.toString();
                        case "put" -> { notes().put(words[1], StoredValue.text(words[2])); yield words[2]; }
                        case "get" -> notes().get(words[1]).map(entry -> entry.value().text()).orElse("nothing");
                        case "quota" -> String.valueOf(storage.quota().bytes());
                        case "cached" -> caches.open("names", String.class).get(session.tenant(), words[1], () -> "of @VERSION@");
                        case "forget" -> { caches.open("names", String.class).invalidate(session.tenant(), words[1]); yield ""; }
                        case "read" -> records.query(Query.of(words[1]), session).toString().length() > 0 ? "read" : "";
                        case "create" -> records.create(new Mutation.Create(words[1], words[1].equals("user")
                                ? Map.of("name", words[2], "email", words[2] + "@acme.example")
                                : Map.of("name", words[2])), session).id().toString();
                        case "hold" -> used.computeIfAbsent(words[1], name -> services.find(ServiceNeed.of(Function.class, name, "^1.0.0")).orElseThrow()).owner();
                        case "use" -> used.get(words[1]).service().apply("version");
                        case "offer" -> services.offer(ServiceKey.of(Function.class, words[1], "1.0.0"), (Function<String, Object>) this::ask).toString();
                        case "setting" -> settings.find(words[1], String.class).orElse("nothing");
                        case "count" -> settings.get(words[1], Long.class);
                        case "fetch" -> fetch(words[1]);
                        case "write" -> write(words[1], words[2]);
                        case "secret" -> secrets.get(words[1]);
                        case "sick" -> { sick = true; yield "sick"; }
                        case "die" -> { context.close(); yield "dead"; }
                        default -> throw new IllegalArgumentException(question);
                    };
                }

                private String fetch(String address) {
                    try {
                        return new String(http.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(address)).build()).body());
                    } catch (java.io.IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }

                private Object write(String path, String text) {
                    try {
                        files.write(path, new java.io.ByteArrayInputStream(text.getBytes()));
                        return files.list(path.substring(0, path.indexOf('/'))).getFirst().path();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }

                private KeyValueStore notes() { return storage.store("notes", KeyValueStores.PLATFORM); }
            }
            """;

    private TestingMember() {}

    /** @param more further lines of the manifest, without {@code capabilities.offers} */
    static TestingPlugin of(String id, String version, String more) {
        return of(id, version, "1.0.0", "", more);
    }

    /**
     * Such a plugin.
     *
     * @param contract version of the service that it offers
     * @param needs what stands beside the offer under {@code capabilities}
     */
    static TestingPlugin of(String id, String version, String contract, String needs, String more) {
        String code = CODE.replace("@ID@", id).replace("@VERSION@", version).replace("@CONTRACT@", contract);
        return new TestingPlugin(id, version,
                "capabilities: {offers: {" + id + ".door: " + contract + "}" + needs + "}\n" + more)
                .java(Map.of("com.acme.Member", code));
    }

    /** Has the code of a running plugin do something. */
    static Object ask(ApplicationContext server, String id, String question) {
        return ask(server.getBean(ServiceDirectory.class), id, question);
    }

    @SuppressWarnings("unchecked")
    static Object ask(ServiceDirectory services, String id, String question) {
        try (ServiceReference<Function> door = services.of("test")
                .find(ServiceNeed.of(Function.class, id + ".door", "*"))
                .orElseThrow(() -> new AssertionError(id + " has no door"))) {
            return ((Function<String, Object>) door.service()).apply(question);
        }
    }
}
