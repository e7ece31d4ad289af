package dev.objectos.auth.signin;

import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.RequestTenant;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out; paths and answers are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class SignInController {

    /** The cookie by which a client shows that it has done a second step before. */
    public static final String DEVICE_COOKIE = "objectos.trusted_device";

    private final SignIn signIn;
    private final Logins logins;
    private final SignInAnswers answers;
    private final SessionCookie cookies;
    private final RequestTenant tenants;
    private final SecurityEvents events;

    public SignInController(SignIn signIn, Logins logins, SignInAnswers answers, SessionCookie cookies,
            RequestTenant tenants, SecurityEvents events) {
        this.signIn = signIn;
        this.logins = logins;
        this.answers = answers;
        this.cookies = cookies;
        this.tenants = tenants;
        this.events = events;
    }

    /**
     * What a client sends to sign in; either name will do.
     *
     * @param rememberMe false: a browser forgets the session when it is closed
     */
    record Credentials(@Nullable String email, @Nullable String username, @Nullable String password,
            @Nullable Boolean rememberMe, @Nullable String callbackURL) {}

    @PostMapping(path = "/sign-in/email", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> byEmail(@RequestBody Credentials credentials, HttpServletRequest request) {
        return signIn(credentials.email() == null ? credentials.username() : credentials.email(), "email", credentials,
                request);
    }

    @PostMapping(path = "/sign-in/username", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> byUsername(@RequestBody Credentials credentials, HttpServletRequest request) {
        return signIn(credentials.username() == null ? credentials.email() : credentials.username(), "username",
                credentials, request);
    }

    private ResponseEntity<Map<String, Object>> signIn(@Nullable String name, String field, Credentials credentials,
            HttpServletRequest request) {
        var required = new Required();
        String who = required.text(name, field);
        String password = required.text(credentials.password(), "password");
        required.check();
        SignInOutcome outcome = signIn.withPassword(who, password, tenants.ofHost(request).orElse(null),
                Client.of(request), SessionCookie.value(request, DEVICE_COOKIE));
        return Boolean.FALSE.equals(credentials.rememberMe())
                ? answers.forgetful(outcome, request)
                : answers.of(outcome, request);
    }

    @TakesParameters({"disableCookieCache", "disableRefresh"})
    @GetMapping("/get-session")
    ResponseEntity<Object> session(
            @RequestAttribute(name = SignedIn.ATTRIBUTE, required = false) @Nullable SignedIn signedIn) {
        if (signedIn == null) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("null");
        }
        return ResponseEntity
                .ok(Map.of("user", answers.user(signedIn), "session", SignInAnswers.session(signedIn)));
    }

    @PostMapping("/sign-out")
    ResponseEntity<Map<String, Object>> signOut(HttpServletRequest request,
            @RequestAttribute(name = SignedIn.ATTRIBUTE, required = false) @Nullable SignedIn signedIn) {
        LoginSession login = signedIn == null ? null : signedIn.login();
        if (signedIn != null && login != null) {
            logins.end(login);
            events.emit("sign-out", signedIn, Client.of(request), Map.of());
        }
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookies.end(request)).body(Map.of("success", true));
    }
}
