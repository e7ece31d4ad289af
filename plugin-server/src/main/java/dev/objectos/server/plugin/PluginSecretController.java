package dev.objectos.server.plugin;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginSecretAdministration;
import dev.objectos.runtime.spi.PluginSecretAdministration.Secret;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sets the secrets that added plugins ask for. No answer holds one. */
@RestController
@RequestMapping("/api/plugins/{id}/secrets")
public final class PluginSecretController {

    private final Supplier<PluginSecretAdministration> secrets;
    private final JsonBodies bodies;

    public PluginSecretController(Supplier<PluginSecretAdministration> secrets, JsonBodies bodies) {
        this.secrets = secrets;
        this.bodies = bodies;
    }

    @GetMapping
    Map<String, Object> list(@PathVariable("id") String id, Session session) {
        return Map.of("secrets",
                secrets.get().secrets(id, session).stream().map(PluginSecretController::row).toList());
    }

    /** {@code {"value": "…"}}. */
    @PutMapping("/{name}")
    Map<String, Object> set(@PathVariable("id") String id, @PathVariable("name") String name,
            HttpServletRequest request, Session session) {
        if (!(bodies.readObject(request).get("value") instanceof String value)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The body must be {\"value\": \"…\"}, with a text");
        }
        return row(secrets.get().set(id, name, value, session));
    }

    @DeleteMapping("/{name}")
    Map<String, Object> clear(@PathVariable("id") String id, @PathVariable("name") String name, Session session) {
        return Map.of("name", name, "set", false, "cleared", secrets.get().clear(id, name, session));
    }

    private static Map<String, Object> row(Secret secret) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", secret.name());
        row.put("set", secret.isSet());
        Instant at = secret.setAt();
        if (at != null) {
            row.put("setAt", at.toString());
        }
        UUID by = secret.setBy();
        if (by != null) {
            row.put("setBy", by.toString());
        }
        return row;
    }
}
