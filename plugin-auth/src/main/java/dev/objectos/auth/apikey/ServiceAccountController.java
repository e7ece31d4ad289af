package dev.objectos.auth.apikey;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Roles;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What administrators do with the accounts of programs. */
@RestController
@RequestMapping("/api/auth/service-account")
public final class ServiceAccountController {

    private static final int LONGEST_NAME = 255;

    private final ServiceAccounts services;
    private final KnownRoles known;
    private final SecurityEvents events;

    public ServiceAccountController(ServiceAccounts services, KnownRoles known, SecurityEvents events) {
        this.known = known;
        this.services = services;
        this.events = events;
    }

    /** @param role one, several with commas between them, or a list; null: {@code member} */
    record Wanted(@Nullable String name, @Nullable JsonNode role) {}

    @PostMapping(path = "/create", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> create(@RequestBody Wanted wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_API_KEYS);
        var required = new Required();
        String name = required.text(wanted.name(), "name").strip();
        required.check();
        if (name.length() > LONGEST_NAME) {
            throw new PlatformException(RuntimeError.VALIDATION_FAILED,
                    "A name has at most " + LONGEST_NAME + " characters");
        }
        Set<String> roles = known.require(Roles.read(wanted.role()));
        by.requireGrantable(roles);
        ServiceAccount service = services.create(name, by.tenant(), roles);
        events.emit("service-account.created", by.by(), by.client(),
                Map.of("account", service.account().toString(), "roles", String.join(",", roles)));
        return answer(service);
    }

    @GetMapping("/list")
    List<Map<String, Object>> list(HttpServletRequest request) {
        return services.of(Administrator.of(request, SystemPermission.MANAGE_API_KEYS).tenant()).stream()
                .map(ServiceAccountController::answer)
                .toList();
    }

    /** @param userId as {@code list} gives it; {@code id} is understood too */
    record Named(@Nullable String userId, @Nullable String id) {}

    @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> delete(@RequestBody Named named, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_API_KEYS);
        var required = new Required();
        String user = required.text(named.userId() == null ? named.id() : named.userId(), "userId");
        required.check();
        ServiceAccount service = FieldValues.id(user).flatMap(id -> services.find(id, by.tenant()))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no such service account"));
        by.requireGrantable(service.roles());
        services.delete(service);
        events.emit("service-account.deleted", by.by(), by.client(),
                Map.of("account", service.account().toString()));
        return Map.of("success", true);
    }

    private static Map<String, Object> answer(ServiceAccount service) {
        List<String> roles = service.roles().stream().sorted().toList();
        return Map.of("id", service.user(), "userId", service.user(), "name", service.name(), "role",
                String.join(",", roles), "roles", roles, "createdAt", service.createdAt());
    }
}
