package dev.objectos.auth;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
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
public final class AuthController {

    private static final String TOKEN_HEADER = "set-auth-token";

    private final Logins logins;
    private final Duration sessionLifetime;

    public AuthController(Logins logins, AuthProperties properties) {
        this.logins = logins;
        this.sessionLifetime = properties.sessionLifetime();
    }

    /** What a client sends to sign in. */
    record Credentials(@Nullable String email, @Nullable String password, @Nullable Boolean rememberMe,
            @Nullable String callbackURL) {}

    @PostMapping(path = "/sign-in/email", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> signIn(@RequestBody Credentials credentials, HttpServletRequest request) {
        var missing = new ArrayList<FieldError>();
        String email = require(credentials.email(), "email", missing);
        String password = require(credentials.password(), "password", missing);
        if (!missing.isEmpty()) {
            throw new PlatformException(RuntimeError.VALIDATION_FAILED, missing.getFirst().message())
                    .withFields(missing);
        }
        Logins.Fresh fresh = logins.signIn(email, password, request.getRemoteAddr(),
                request.getHeader(HttpHeaders.USER_AGENT));
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie(fresh.token(), sessionLifetime, request))
                .header(TOKEN_HEADER, fresh.token())
                .body(Map.of("token", fresh.token(), "user", user(fresh.signedIn()), "redirect", false));
    }

    @GetMapping("/get-session")
    ResponseEntity<Object> session(
            @RequestAttribute(name = "dev.objectos.auth.SignedIn", required = false) @Nullable SignedIn signedIn) {
        if (signedIn == null) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("null");
        }
        var session = new LinkedHashMap<String, Object>();
        session.put("id", signedIn.login().id());
        session.put("userId", signedIn.session().userId());
        session.put("activeOrganizationId", signedIn.session().tenant());
        session.put("createdAt", signedIn.login().createdAt());
        session.put("expiresAt", signedIn.expiresAt());
        session.put("ipAddress", signedIn.login().ipAddress());
        session.put("userAgent", signedIn.login().userAgent());
        return ResponseEntity.ok(Map.of("user", user(signedIn), "session", session));
    }

    @PostMapping("/sign-out")
    ResponseEntity<Map<String, Object>> signOut(HttpServletRequest request) {
        String token = LoginFilter.token(request);
        if (token != null) {
            logins.signOut(token);
        }
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request))
                .body(Map.of("success", true));
    }

    private static Map<String, Object> user(SignedIn signedIn) {
        var user = new LinkedHashMap<String, Object>();
        user.put("id", signedIn.session().userId());
        user.put("email", signedIn.account().email());
        user.put("name", signedIn.account().name());
        user.put("emailVerified", true);
        user.put("image", null);
        user.put("roles", List.copyOf(signedIn.session().roles()));
        user.put("createdAt", signedIn.account().createdAt());
        user.put("updatedAt", signedIn.account().createdAt());
        return user;
    }

    private static String require(@Nullable String value, String field, List<FieldError> missing) {
        if (value == null || value.isBlank()) {
            missing.add(new FieldError(field, "required", field + " is required"));
            return "";
        }
        return value;
    }

    private static String cookie(String token, Duration lifetime, HttpServletRequest request) {
        return ResponseCookie.from(LoginFilter.COOKIE, token).httpOnly(true).secure(request.isSecure()).sameSite("Lax")
                .path("/").maxAge(lifetime).build().toString();
    }
}
