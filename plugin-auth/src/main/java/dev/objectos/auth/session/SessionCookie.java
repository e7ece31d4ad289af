package dev.objectos.auth.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Where requests carry the credential: a bearer token, the header {@code X-API-Key}, or the cookie that a sign-in has set. A cookie
 * counts for a changing request only from a page of our own.
 */
public final class SessionCookie {

    static final String NAME = "objectos.session_token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String BEARER = "Bearer ";
    private static final String API_KEY = "X-API-Key";

    /** What the request brings to show who sends it; null: nothing. */
    public @Nullable String credential(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? header.substring(BEARER.length()).strip()
                    : null;
        }
        String key = request.getHeader(API_KEY);
        if (key != null) {
            return key.strip();
        }
        return SAFE.contains(request.getMethod()) || sameOrigin(request) ? value(request, NAME) : null;
    }

    /** The value of one of the request's cookies; null: it has none of that name. */
    public static @Nullable String value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** A browser sends its cookie wherever a page asks it to; only a page of ours names our own origin. */
    private static boolean sameOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        return origin != null && host != null && origin.equals(request.getScheme() + "://" + host);
    }

    /** The header that gives a browser its session. */
    public String begin(String token, Duration lifetime, HttpServletRequest request) {
        return cookie(NAME, token, lifetime, request);
    }

    /** The header that takes it away. */
    public String end(HttpServletRequest request) {
        return cookie(NAME, "", Duration.ZERO, request);
    }

    /** A cookie that scripts do not see and other sites' forms do not send. */
    public static String cookie(String name, String value, Duration lifetime, HttpServletRequest request) {
        return ResponseCookie.from(name, value).httpOnly(true).secure(request.isSecure()).sameSite("Lax").path("/")
                .maxAge(lifetime).build().toString();
    }
}
