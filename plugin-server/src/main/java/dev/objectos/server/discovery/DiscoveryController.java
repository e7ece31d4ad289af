package dev.objectos.server.discovery;

import dev.objectos.runtime.i18n.Translations;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.PluginProtocol;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients, signed in or not, what the server offers and where. */
@RestController
public final class DiscoveryController {

    private final Supplier<MountedPaths> mounted;
    private final Plugins plugins;
    private final Catalogs catalogs;
    private final String version;

    /**
     * @param mounted the paths that something answers at; asked when the first client asks
     * @param plugins may speak protocols beside HTTP
     * @param catalogs know which languages are spoken
     * @param version of this server
     */
    public DiscoveryController(Supplier<MountedPaths> mounted, Plugins plugins, Catalogs catalogs, String version) {
        this.mounted = mounted;
        this.plugins = plugins;
        this.catalogs = catalogs;
        this.version = version;
    }

    @GetMapping({"/api/v1/discovery", "/.well-known/objectstack"})
    void discover(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.requireJsonAccepted(request);
        Answers.send(response, HttpServletResponse.SC_OK, JsonAnswer.tree(document()));
    }

    private Map<String, Object> document() {
        MountedPaths paths = mounted.get();
        var document = new LinkedHashMap<String, Object>();
        document.put("name", "ObjectOS");
        document.put("version", version);
        document.put("apiName", "ObjectOS API");
        document.put("environment", "production");
        document.put("routes", Route.all());
        var locale = new LinkedHashMap<String, Object>();
        locale.put("default", Translations.USUAL.toLanguageTag());
        locale.put("supported",
                Translations.of(catalogs.current()).locales().stream().map(Locale::toLanguageTag).toList());
        locale.put("timezone", "UTC");
        document.put("locale", locale);
        var capabilities = new LinkedHashMap<String, Object>();
        for (Capability capability : Capability.values()) {
            capabilities.put(capability.key(), Map.of("enabled", capability.works(paths)));
        }
        document.put("capabilities", capabilities);
        var services = new LinkedHashMap<String, Object>();
        for (Route route : Route.values()) {
            services.put(route.key(), service(route, paths));
        }
        document.put("services", services);
        document.put("protocols", plugins.protocols().stream().map(DiscoveryController::protocol).toList());
        return document;
    }

    private static Map<String, Object> protocol(PluginProtocol spoken) {
        return Map.of("name", spoken.name(), "protocol", spoken.protocol(), "port", spoken.port());
    }

    private static Map<String, Object> service(Route route, MountedPaths paths) {
        boolean there = paths.answersAt(route.path());
        var service = new LinkedHashMap<String, Object>();
        service.put("enabled", there);
        service.put("status", there ? "available" : "unavailable");
        service.put("handlerReady", there);
        if (there) {
            service.put("route", route.path());
        }
        return service;
    }
}
