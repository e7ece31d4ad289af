package dev.objectos.auth.signin;

import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What people do to their own account and sessions. */
@RestController
@RequestMapping(path = "/api/auth")
public final class OwnAccountController {

    private final Logins logins;
    private final Accounts accounts;
    private final Avatars avatars;
    private final PasswordStore passwords;
    private final PasswordConfirmation confirmation;
    private final SignInAnswers answers;
    private final SecurityEvents events;

    public OwnAccountController(Logins logins, Accounts accounts, Avatars avatars, PasswordStore passwords,
            PasswordConfirmation confirmation, SignInAnswers answers, SecurityEvents events) {
        this.logins = logins;
        this.accounts = accounts;
        this.avatars = avatars;
        this.passwords = passwords;
        this.confirmation = confirmation;
        this.answers = answers;
        this.events = events;
    }

    @GetMapping("/list-sessions")
    List<Map<String, @Nullable Object>> sessions(HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        return SignInAnswers.listed(logins.of(self.account().id()), self.login());
    }

    /** @param token of the session, or what {@code list-sessions} gives in its place; better-auth's clients send it by that name */
    record Revocation(@Nullable String token, @Nullable String id) {}

    @PostMapping(path = "/revoke-session", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> revoke(@RequestBody Revocation wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        var required = new Required();
        String named = required.text(wanted.token() == null ? wanted.id() : wanted.token(), "token");
        required.check();
        LoginSession login = logins.of(self.account().id()).stream().filter(own -> own.isNamed(named)).findFirst()
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such session"));
        logins.end(login);
        events.emit("session.revoked", self, Client.of(request), Map.of("session", login.id().toString()));
        return Map.of("status", true);
    }

    @PostMapping("/revoke-sessions")
    Map<String, Object> revokeAll(HttpServletRequest request) {
        return end(SignedIn.of(request), null, request);
    }

    @PostMapping("/revoke-other-sessions")
    Map<String, Object> revokeOthers(HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        return end(self, self.login(), request);
    }

    private Map<String, Object> end(SignedIn self, @Nullable LoginSession kept, HttpServletRequest request) {
        int ended = logins.end(self.account().id(), login -> kept == null || !login.id().equals(kept.id()));
        events.emit("sessions.revoked", self, Client.of(request), Map.of("sessions", Integer.toString(ended)));
        return Map.of("status", true);
    }

    /** What a client sends to change its password. */
    record PasswordChange(@Nullable String currentPassword, @Nullable String newPassword,
            @Nullable Boolean revokeOtherSessions) {}

    /** All other sessions end; the one that asks goes on under a new token. */
    @PostMapping(path = "/change-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> changePassword(@RequestBody PasswordChange wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        String current = required.text(wanted.currentPassword(), "currentPassword");
        String next = required.text(wanted.newPassword(), "newPassword");
        required.check();
        Client client = Client.of(request);
        confirmation.require(self, current, "password.change-refused", client);
        passwords.change(self.account(), next, "newPassword", false);
        logins.end(self.account().id(), _ -> true);
        events.emit("password.changed", self, client, Map.of());
        LoginSession login = Objects.requireNonNull(self.login());
        return answers.begun(logins.begin(new NewLogin(accounts.current(self.account().id()), login.tenantId(),
                login.method(), client, null)), request);
    }

    /**
     * What people may change about themselves; null: stays as it is.
     *
     * @param image id of a file that they have sent, or its address; null, said in so many words: none any more
     */
    record Profile(@Nullable String name, @Nullable String username, @Nullable JsonNode image, @Nullable String locale,
            @Nullable String timezone) {}

    @PostMapping(path = "/update-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> update(@RequestBody Profile wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        var values = new HashMap<String, @Nullable Object>();
        put(values, "name", wanted.name());
        put(values, "username", wanted.username());
        if (wanted.image() != null) {
            values.put(Avatars.FIELD,
                    wanted.image().isNull() ? null : avatars.choose(wanted.image().asString(""), self.session()));
        }
        put(values, "locale", wanted.locale());
        put(values, "timezone", wanted.timezone());
        accounts.describe(self.account(), self.session(), values);
        logins.forget(self.account().id());
        events.emit("profile.changed", self, Client.of(request), Map.of("fields", String.join(",", values.keySet())));
        return Map.of("status", true);
    }

    private static void put(Map<String, @Nullable Object> values, String field, @Nullable String value) {
        if (value != null) {
            values.put(field, value);
        }
    }
}
