package dev.objectos.server.plugin;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists the plugins, and adds, changes and removes them while the server runs. The official client calls them packages and
 * reads {@code manifest}, {@code status} and {@code enabled}.
 */
@RestController
@RequestMapping("/api/plugins")
public final class PluginController {

    private final Plugins plugins;
    private final Supplier<PluginAdministration> administration;
    private final JsonBodies bodies;

    public PluginController(Plugins plugins, Supplier<PluginAdministration> administration, JsonBodies bodies) {
        this.plugins = plugins;
        this.administration = administration;
        this.bodies = bodies;
    }

    @GetMapping
    Map<String, Object> list(@RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "enabled", required = false) @Nullable Boolean enabled,
            @SuppressWarnings("unused") Session session) {
        List<Map<String, Object>> rows = plugins.summaries().stream().map(PluginRow::of)
                .filter(row -> status == null || status.equals(row.get("status")))
                .filter(row -> enabled == null || enabled.equals(row.get("enabled"))).toList();
        return Map.of("plugins", rows, "packages", rows, "total", rows.size(), "capabilities",
                plugins.capabilities().stream().map(PluginRow::of).toList(), "protocols", plugins.protocols());
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@PathVariable("id") String id, @SuppressWarnings("unused") Session session) {
        return Map.of("package", PluginRow.of(summary(id)));
    }

    /** A multipart request whose part {@code file} is the jar or zip; {@code downgrade=true} lets it be older than what is there. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> install(@RequestParam(name = "downgrade", defaultValue = "false") boolean downgrade,
            HttpServletRequest request, Session session) {
        // Before the body is read: whoever may not install is not worth it.
        session.require(SystemPermission.MANAGE_PLUGINS, "Plugins are administered by platform administrators");
        PluginUpload upload = PluginUpload.read(request);
        return answer(administration.get().install(upload.name(), upload.content(), downgrade, session));
    }

    /** Lets it have what it asks for; {@code version} in the body, where there is one, says whose manifest was looked at. */
    @PostMapping("/{id}/approve")
    Map<String, Object> approve(@PathVariable("id") String id, HttpServletRequest request, Session session) {
        Object version = bodies.readObjectIfAny(request).get("version");
        if (version != null && !(version instanceof String)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"version\" must be a text, such as \"1.4.0\"");
        }
        return answer(administration.get().approve(id, (String) version, session));
    }

    /** By POST, or by PATCH as the official client does it. */
    @RequestMapping(path = "/{id}/enable", method = {RequestMethod.POST, RequestMethod.PATCH})
    Map<String, Object> enable(@PathVariable("id") String id, Session session) {
        return answer(administration.get().enable(id, session));
    }

    /** The same way. */
    @RequestMapping(path = "/{id}/disable", method = {RequestMethod.POST, RequestMethod.PATCH})
    Map<String, Object> disable(@PathVariable("id") String id,
            @RequestParam(name = "cascade", defaultValue = "false") boolean cascade, Session session) {
        List<String> disabled = administration.get().disable(id, cascade, session);
        Map<String, Object> answer = answer(summary(id));
        answer.put("disabled", disabled);
        return answer;
    }

    @DeleteMapping("/{id}")
    Map<String, Object> remove(@PathVariable("id") String id,
            @RequestParam(name = "cascade", defaultValue = "false") boolean cascade,
            @RequestParam(name = "drop", defaultValue = "false") boolean drop, Session session) {
        administration.get().uninstall(id, cascade, drop, session);
        return Map.of("id", id, "success", true, "dropped", drop);
    }

    /** What removing would touch; changes nothing. */
    @DeleteMapping(path = "/{id}", params = "plan=true")
    Map<String, Object> plan(@PathVariable("id") String id, Session session) {
        return Map.of("plan", administration.get().removal(id, session));
    }

    private PluginSummary summary(String id) {
        return plugins.summaries().stream().filter(plugin -> plugin.id().equals(id)).findFirst()
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no plugin " + id));
    }

    private static Map<String, Object> answer(PluginSummary plugin) {
        Map<String, Object> row = PluginRow.of(plugin);
        var answer = new LinkedHashMap<>(row);
        answer.put("package", row);
        return answer;
    }
}
