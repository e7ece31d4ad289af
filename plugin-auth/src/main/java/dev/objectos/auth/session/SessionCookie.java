package dev.objectos.auth.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Where requests carry the credential: a bearer token, the header {@code X-API-Key}, or the cookie that a sign-in has set. A cookie
 * counts for a changing request, and for a WebSocket, only from a page of our own.
 */
public final class SessionCookie {

    static final String NAME = "objectos.session_token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String BEARER = "Bearer ";
    private static final String API_KEY = "X-API-Key";
    private static final String HOST_ONLY = "__Host-";
    private static final String FETCHED_FROM = "Sec-Fetch-Site";

    private volatile Set<String> trusted;

    /** @param trusted origins whose pages may act as whoever is signed in, as our own may */
    public SessionCookie(Collection<String> trusted) {
        this.trusted = Set.copyOf(trusted);
    }

    /** Trusts these from now on. */
    public void trust(Collection<String> origins) {
        trusted = Set.copyOf(origins);
    }

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
        boolean handshake = Handshake.is(request);
        String among = handshake ? Handshake.credential(request) : null;
        if (among != null) {
            return among;
        }
        // What is said over a WebSocket changes things, and its answers may be read by whichever page has opened it.
        return (SAFE.contains(request.getMethod()) && !handshake) || fromTrustedPage(request)
                ? value(request, NAME)
                : null;
    }

    /** The value of one of the cookies that {@link #cookie} has made; null: the request has none of that name. */
    public static @Nullable String value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            String full = full(name, request);
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(full)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** A browser sends its cookie wherever a page asks it to; only a page of ours, or of friends, names such an origin. */
    private boolean fromTrustedPage(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        if (trusted.contains(origin)) {
            return true;
        }
        String from = request.getHeader(FETCHED_FROM);
        return (from == null || from.equals("same-origin")) && own(origin, request);
    }

    /** Where a trusted proxy says by which name and scheme the browser called, these count; see objectos.server.trusted-proxies. */
    private static boolean own(String origin, HttpServletRequest request) {
        String scheme = request.getScheme();
        if (origin.equals(scheme + "://" + request.getHeader(HttpHeaders.HOST))) {
            return true;
        }
        int port = request.getServerPort();
        String name = scheme + "://" + request.getServerName();
        return origin.equals(port == (scheme.equals("https") ? 443 : 80) ? name : name + ":" + port);
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
        return ResponseCookie.from(full(name, request), value).httpOnly(true).secure(request.isSecure()).sameSite("Lax")
                .path("/")
                .maxAge(lifetime).build().toString();
    }

    /** Browsers take a cookie with that prefix from this very host alone, and over https alone (RFC 6265bis). */
    private static String full(String name, HttpServletRequest request) {
        return request.isSecure() ? HOST_ONLY + name : name;
    }
}
