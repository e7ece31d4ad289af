package dev.objectos.auth;

import dev.objectos.runtime.session.Session;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling, from a bearer token or the sign-in cookie, and binds the {@link Session}: as a request
 * attribute of that class's name and as {@link Session#CURRENT}.
 */
public final class LoginFilter extends OncePerRequestFilter {

    static final String COOKIE = "objectos.session_token";
    static final String SIGNED_IN = SignedIn.class.getName();

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String BEARER = "Bearer ";

    private final Logins logins;

    public LoginFilter(Logins logins) {
        this.logins = logins;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = token(request);
        Optional<SignedIn> signedIn = token == null ? Optional.empty() : logins.find(token);
        if (signedIn.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Session session = signedIn.get().session();
        request.setAttribute(Session.class.getName(), session);
        request.setAttribute(SIGNED_IN, signedIn.get());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(session, null,
                session.platformAdministrator()
                        ? AuthorityUtils.createAuthorityList("ROLE_PLATFORM_ADMINISTRATOR")
                        : AuthorityUtils.NO_AUTHORITIES));
        SecurityContextHolder.setContext(context);
        try {
            ScopedValue.where(Session.CURRENT, session).call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? header.substring(BEARER.length()).strip()
                    : null;
        }
        return SAFE.contains(request.getMethod()) || sameOrigin(request) ? cookie(request) : null;
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
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
}
