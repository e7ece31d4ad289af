package dev.objectos.auth.administration;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets an administrator act as a user of the tenant for a while, in a session of its own that says so wherever it is seen. The
 * administrator's own session goes on beside it; a browser keeps it in a second cookie until it is back.
 */
@RestController
@RequestMapping("/api/auth/admin")
public final class ImpersonationController {

    /** How somebody is signed in as whom an administrator acts. */
    static final String METHOD = "impersonation";

    private static final String OWN_COOKIE = "objectos.admin_session";

    private final Members members;
    private final Logins logins;
    private final SessionCookie cookies;
    private final SignInAnswers answers;
    private final SessionProperties properties;
    private final SecurityEvents events;

    public ImpersonationController(Members members, Logins logins, SessionCookie cookies, SignInAnswers answers,
            SessionProperties properties, SecurityEvents events) {
        this.members = members;
        this.logins = logins;
        this.cookies = cookies;
        this.answers = answers;
        this.properties = properties;
        this.events = events;
    }

    /** As whom. */
    record Subject(@Nullable String userId) {}

    @PostMapping(path = "/impersonate-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> begin(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.IMPERSONATE);
        SignedIn self = SignedIn.inPerson(request);
        Member member = members.changeable(by, UserController.id(wanted.userId()));
        Account account = member.account();
        if (account.kind() != Account.Kind.PERSON) {
            throw Administrator.denied("Services act by themselves; nobody may act as one");
        }
        Logins.Fresh fresh = logins
                .begin(new NewLogin(account, by.tenant(), METHOD, by.client(), self.account().id()));
        events.emit("impersonation.started", self, by.client(), member.details(Map.of("session",
                Objects.requireNonNull(fresh.signedIn().login()).id().toString())));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (byCookie(request)) {
            answer.header(HttpHeaders.SET_COOKIE, cookies.begin(fresh.token(), properties.impersonation(), request),
                    SessionCookie.cookie(OWN_COOKIE, Objects.requireNonNull(cookies.credential(request)),
                            properties.lifetime(), request));
        }
        return answer.body(Map.of("token", fresh.token(), "session", SignInAnswers.session(fresh.signedIn()), "user",
                answers.user(fresh.signedIn())));
    }

    @PostMapping("/stop-impersonating")
    ResponseEntity<Map<String, Object>> stop(HttpServletRequest request) {
        SignedIn acting = SignedIn.of(request);
        LoginSession login = acting.login();
        if (login == null || login.impersonatorId() == null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "Nobody acts as somebody else in this session");
        }
        logins.end(acting.account().id(), other -> other.id().equals(login.id()));
        events.emit("impersonation.stopped", acting, Client.of(request), Map.of("session", login.id().toString()));
        if (!byCookie(request)) {
            return ResponseEntity.ok(Map.of("success", true));
        }
        String own = SessionCookie.value(request, OWN_COOKIE);
        Optional<SignedIn> back = Optional.ofNullable(own).flatMap(logins::find)
                .filter(found -> found.account().id().equals(login.impersonatorId()));
        String gone = SessionCookie.cookie(OWN_COOKIE, "", Duration.ZERO, request);
        return back
                .map(found -> ResponseEntity.ok()
                        .header(HttpHeaders.SET_COOKIE,
                                cookies.begin(Objects.requireNonNull(own), properties.lifetime(), request), gone)
                        .body(Map.<String, Object>of("success", true, "session", SignInAnswers.session(found), "user",
                                answers.user(found))))
                .orElseGet(() -> ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookies.end(request), gone)
                        .body(Map.of("success", true)));
    }

    private boolean byCookie(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null && request.getHeader("X-API-Key") == null
                && cookies.credential(request) != null;
    }
}
