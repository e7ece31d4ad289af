package dev.objectos.auth.signin;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.session.Duty;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.session.UserIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** What is answered about users and sessions, in the shapes of better-auth. */
public final class SignInAnswers {

    private static final String TOKEN_HEADER = "set-auth-token";

    /** A cookie without an age. */
    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(-1);

    private final SessionCookie cookies;
    private final SessionProperties properties;
    private final Avatars avatars;

    public SignInAnswers(SessionCookie cookies, SessionProperties properties, Avatars avatars) {
        this.cookies = cookies;
        this.properties = properties;
        this.avatars = avatars;
    }

    /** The answer to whatever ends, or almost ends, a sign-in. */
    public ResponseEntity<Map<String, Object>> of(SignInOutcome outcome, HttpServletRequest request) {
        return of(outcome, properties.lifetime(), request);
    }

    /** The same for a browser that is to forget the session when it is closed. */
    ResponseEntity<Map<String, Object>> forgetful(SignInOutcome outcome, HttpServletRequest request) {
        return of(outcome, UNTIL_CLOSED, request);
    }

    private ResponseEntity<Map<String, Object>> of(SignInOutcome outcome, Duration kept, HttpServletRequest request) {
        return switch (outcome) {
            case SignInOutcome.Begun begun -> begun(begun.fresh(), kept, request);
            case SignInOutcome.Unfinished unfinished -> ResponseEntity.ok()
                    .header(HttpHeaders.SET_COOKIE, cookie(unfinished, request)).body(unfinished.members());
        };
    }

    /** The cookie that stands for a sign-in which is not finished, for answers that send a browser on. */
    public String cookie(SignInOutcome.Unfinished unfinished, HttpServletRequest request) {
        return SessionCookie.cookie(SecondStep.COOKIE, String.valueOf(unfinished.members().get(SecondStep.TOKEN)),
                SecondStep.LIFETIME, request);
    }

    /** The answer that hands over a session. */
    public ResponseEntity<Map<String, Object>> begun(Logins.Fresh fresh, HttpServletRequest request) {
        return begun(fresh, properties.lifetime(), request);
    }

    private ResponseEntity<Map<String, Object>> begun(Logins.Fresh fresh, Duration kept, HttpServletRequest request) {
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookies.begin(fresh.token(), kept, request))
                .header(TOKEN_HEADER, fresh.token())
                .body(Map.of("token", fresh.token(), "user", user(fresh.signedIn()), "redirect", false));
    }

    /** The answer that leaves the session as it is; with its token once more, for clients that go on with what they are answered. */
    public Map<String, Object> goingOn(SignedIn signedIn, Account now, HttpServletRequest request) {
        var user = new SignedIn(signedIn.session(), now, signedIn.login(), signedIn.expiresAt(), signedIn.duty());
        return Map.of("status", true, "token", Objects.requireNonNull(cookies.credential(request)), "user", user(user));
    }

    /** The cookie alone, for answers that send a browser on. */
    public String cookie(Logins.Fresh fresh, HttpServletRequest request) {
        return cookies.begin(fresh.token(), properties.lifetime(), request);
    }

    /** Who is signed in, as clients see them. */
    public Map<String, @Nullable Object> user(SignedIn signedIn) {
        Account account = signedIn.account();
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("id", signedIn.session().userId());
        user.put("email", account.email());
        user.put("username", account.username());
        user.put("name", account.name());
        user.put("emailVerified", account.emailVerified());
        user.put("twoFactorEnabled", account.twoFactorEnabled());
        user.put("image", avatars.of(signedIn.session()));
        user.put("role", String.join(",", signedIn.session().roles().stream().sorted().toList()));
        user.put("roles", signedIn.session().roles().stream().sorted().toList());
        user.put("platformAdministrator", account.platformAdministrator());
        Duty duty = signedIn.duty();
        user.put("mustChangePassword",
                account.mustChangePassword() || (duty != null && duty.code() == AuthError.PASSWORD_CHANGE_REQUIRED));
        user.put("createdAt", account.createdAt());
        user.put("updatedAt", account.updatedAt());
        return user;
    }

    /** The session of who is signed in, as clients see it. */
    public static Map<String, @Nullable Object> session(SignedIn signedIn) {
        LoginSession login = signedIn.login();
        var session = new LinkedHashMap<String, @Nullable Object>();
        session.put("id", login == null ? null : login.id());
        session.put("userId", signedIn.session().userId());
        session.put("activeOrganizationId", signedIn.session().tenant());
        session.put("createdAt", login == null ? null : login.createdAt());
        session.put("expiresAt", signedIn.expiresAt());
        session.put("ipAddress", login == null ? null : login.ipAddress());
        session.put("userAgent", login == null ? null : login.userAgent());
        UserIdentity impersonator = signedIn.session().impersonator();
        if (impersonator != null) {
            session.put("impersonatedBy", impersonator.id());
        }
        return session;
    }

    /** One of somebody's sessions; its id stands for the token, which nobody can be shown again. */
    static Map<String, @Nullable Object> listed(LoginSession login, boolean current) {
        var session = new LinkedHashMap<String, @Nullable Object>();
        session.put("id", login.id());
        session.put("token", login.id());
        session.put("current", current);
        session.put("activeOrganizationId", login.tenantId());
        session.put("method", login.method());
        session.put("createdAt", login.createdAt());
        session.put("updatedAt", login.lastUsedAt());
        session.put("expiresAt", login.expiresAt());
        session.put("ipAddress", login.ipAddress());
        session.put("userAgent", login.userAgent());
        session.put("impersonated", login.impersonatorId() != null);
        return session;
    }

    /** Sessions of one account; {@code current} marks the one that asks. */
    public static List<Map<String, @Nullable Object>> listed(List<LoginSession> logins,
            @Nullable LoginSession current) {
        return logins.stream().map(login -> listed(login, current != null && current.id().equals(login.id()))).toList();
    }
}
