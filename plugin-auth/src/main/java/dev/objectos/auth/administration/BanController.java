package dev.objectos.auth.administration;

import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shuts users of a tenant out of it, for good, for a while, or until they sign in again. */
@RestController
@RequestMapping("/api/auth/admin")
public final class BanController {

    private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;

    private final Members members;
    private final TenantUsers users;
    private final Logins logins;
    private final SecurityEvents events;
    private final Clock clock;

    public BanController(Members members, TenantUsers users, Logins logins, SecurityEvents events, Clock clock) {
        this.members = members;
        this.users = users;
        this.logins = logins;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whom to shut out of the tenant.
     *
     * @param banExpiresIn seconds; null: for good
     */
    record Ban(@Nullable String userId, @Nullable String banReason, @Nullable Long banExpiresIn) {}

    @PostMapping(path = "/ban-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> ban(@RequestBody Ban wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.changeable(by, UserController.id(wanted.userId()));
        Long seconds = wanted.banExpiresIn();
        if (seconds != null && (seconds < 1 || seconds > LONGEST_SECONDS)) {
            String message = "banExpiresIn is a number of seconds from 1 to " + LONGEST_SECONDS;
            throw PlatformException.validation(List.of(new FieldError("banExpiresIn", "invalid", message)));
        }
        Instant until = seconds == null ? null : clock.instant().plusSeconds(seconds);
        members.ban(member, wanted.banReason(), until);
        return told("user.banned", by, member,
                Map.of("reason", wanted.banReason() == null ? "" : wanted.banReason(), "until", String.valueOf(until)));
    }

    /** Whom. */
    record Subject(@Nullable String userId) {}

    @PostMapping(path = "/unban-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> unban(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.changeable(by, UserController.id(wanted.userId()));
        members.unban(member);
        return told("user.unbanned", by, member, Map.of());
    }

    @PostMapping(path = "/list-user-sessions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> sessions(@RequestBody Subject wanted, HttpServletRequest request) {
        return sessions(wanted.userId(), request);
    }

    @GetMapping("/list-user-sessions")
    Map<String, Object> sessions(@RequestParam(required = false) @Nullable String userId, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.seen(by, UserController.id(userId));
        return Map.of("sessions", SignInAnswers.listed(logins.of(member.account().id()).stream()
                .filter(login -> login.tenantId().equals(by.tenant())).toList(), by.by().login()));
    }

    /** @param sessionToken of the session, or what {@code list-user-sessions} gives in its place */
    record OneSession(@Nullable String userId, @Nullable String sessionToken, @Nullable String sessionId) {}

    @PostMapping(path = "/revoke-user-session", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> revoke(@RequestBody OneSession wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var required = new Required();
        String session = required.text(wanted.sessionToken() == null ? wanted.sessionId() : wanted.sessionToken(),
                "sessionToken");
        required.check();
        Predicate<LoginSession> named = login -> login.isNamed(session) && login.tenantId().equals(by.tenant());
        for (Member member : wanted.userId() == null
                ? members.of(by.tenant())
                : List.of(members.get(by.tenant(), wanted.userId()))) {
            Optional<LoginSession> login = logins.of(member.account().id()).stream().filter(named).findFirst();
            if (login.isPresent()) {
                members.permitted(by, member);
                logins.end(login.get());
                events.emit("session.revoked", by.by(), by.client(),
                        member.details(Map.of("session", login.get().id().toString())));
                return Map.of("success", true);
            }
        }
        throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such session");
    }

    @PostMapping(path = "/revoke-user-sessions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> revokeAll(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.permitted(by, members.get(by.tenant(), UserController.id(wanted.userId())));
        int ended = logins.end(member.account().id(), login -> login.tenantId().equals(by.tenant()));
        events.emit("sessions.revoked", by.by(), by.client(),
                member.details(Map.of("sessions", Integer.toString(ended))));
        return Map.of("success", true);
    }

    private Map<String, Object> told(String action, Administrator by, Member member, Map<String, String> more) {
        events.emit(action, by.by(), by.client(), member.details(more));
        return Map.of("user", users.get(by, member));
    }
}
