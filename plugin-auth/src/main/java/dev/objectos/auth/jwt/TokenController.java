package dev.objectos.auth.jwt;

import com.nimbusds.jose.jwk.ECKey;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out signed tokens, renews them, and publishes what they are verified with. */
@RestController
@RequestMapping("/api/auth")
public final class TokenController {

    private static final String REFRESH = "refresh_token";
    private static final String SESSION = "session";

    private final AccessTokens access;
    private final RefreshTokens refresh;
    private final SigningKeys keys;
    private final SessionCookie cookies;
    private final Clock clock;

    public TokenController(AccessTokens access, RefreshTokens refresh, SigningKeys keys, SessionCookie cookies,
            Clock clock) {
        this.access = access;
        this.refresh = refresh;
        this.keys = keys;
        this.cookies = cookies;
        this.clock = clock;
    }

    @GetMapping("/token")
    Map<String, Object> token(HttpServletRequest request, HttpServletResponse response) {
        AccessTokens.Issued issued = access.issue(SignedIn.of(request));
        keepNowhere(response);
        return Map.of("token", issued.token(), "expiresAt", issued.expiresAt());
    }

    /**
     * What is asked of the token endpoint, in the words of OAuth.
     *
     * @param grant_type {@code refresh_token}, or {@code session} (also when left out) for the first pair of who is signed in
     */
    record Grant(@Nullable String grant_type, @Nullable String refresh_token) {}

    @PostMapping(path = "/token")
    Map<String, Object> grant(@RequestBody(required = false) @Nullable Grant grant, HttpServletRequest request,
            HttpServletResponse response) {
        String type = grant == null || grant.grant_type() == null ? SESSION : grant.grant_type();
        RefreshTokens.Renewed renewed = switch (type) {
            case REFRESH -> renew(grant == null ? null : grant.refresh_token(), REFRESH, request);
            case SESSION -> begin(request);
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "grant_type is refresh_token or session, not \"" + type + "\"");
        };
        AccessTokens.Issued issued = access.issue(renewed.signedIn());
        keepNowhere(response);
        return Map.of("access_token", issued.token(), "token", issued.token(), "token_type", "Bearer", "expires_in",
                seconds(issued.expiresAt()), "refresh_token", renewed.token(), "refresh_expires_in",
                seconds(renewed.expiresAt()));
    }

    /** @param refreshToken as the last answer gave it */
    record Renewal(@Nullable String refreshToken) {}

    @PostMapping(path = "/refresh-token", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> renew(@RequestBody Renewal wanted, HttpServletRequest request, HttpServletResponse response) {
        RefreshTokens.Renewed renewed = renew(wanted.refreshToken(), "refreshToken", request);
        AccessTokens.Issued issued = access.issue(renewed.signedIn());
        keepNowhere(response);
        return Map.of("token", issued.token(), "accessToken", issued.token(), "expiresAt", issued.expiresAt(),
                "refreshToken", renewed.token(), "refreshTokenExpiresAt", renewed.expiresAt());
    }

    /** The public keys, as others ask for them. */
    @GetMapping("/jwks")
    Map<String, Object> keys(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
        List<Map<String, Object>> published = keys.published().stream().map(ECKey::toJSONObject).toList();
        return Map.of("keys", published);
    }

    /** A token that lasts minutes must not become one that lasts days. */
    private RefreshTokens.Renewed begin(HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        String credential = cookies.credential(request);
        if (self.login() == null || credential == null || access.understands(credential)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Only the session's own token gets a refresh token");
        }
        return refresh.begin(self, Client.of(request));
    }

    private RefreshTokens.Renewed renew(@Nullable String token, String member, HttpServletRequest request) {
        var required = new Required();
        String shown = required.text(token, member);
        required.check();
        return refresh.renew(shown, Client.of(request));
    }

    private long seconds(Instant end) {
        return Duration.between(clock.instant(), end).toSeconds();
    }

    private static void keepNowhere(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
