package dev.objectos.auth.session;

import dev.objectos.auth.AuthError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling, from whatever the request brings to show it, and binds the {@link Session}: as a request
 * attribute of that class's name and as {@link Session#CURRENT}.
 */
public final class LoginFilter extends OncePerRequestFilter {

    /** What somebody may do who has to choose another password first. */
    private static final Set<String> BEFORE_A_NEW_PASSWORD = Set.of("/api/auth/change-password",
            "/api/auth/get-session",
            "/api/auth/sign-out");

    private final List<Credentials> credentials;
    private final SessionCookie cookies;
    private final RequestTenant tenants;

    /** @param credentials the kinds there are; the first that understands a credential looks it up */
    public LoginFilter(List<Credentials> credentials, SessionCookie cookies, RequestTenant tenants) {
        this.credentials = List.copyOf(credentials);
        this.cookies = cookies;
        this.tenants = tenants;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String credential = cookies.credential(request);
        SignedIn signedIn = credential == null ? null : find(credential).orElse(null);
        if (signedIn == null) {
            chain.doFilter(request, response);
            return;
        }
        if (signedIn.account().mustChangePassword() && !BEFORE_A_NEW_PASSWORD.contains(request.getRequestURI())
                && signedIn.session().impersonator() == null) {
            throw new PlatformException(AuthError.PASSWORD_CHANGE_REQUIRED,
                    "Choose another password first, at /api/auth/change-password");
        }
        bind(tenants.place(signedIn, request), request, response, chain);
    }

    private Optional<SignedIn> find(String credential) {
        for (Credentials kind : credentials) {
            if (kind.understands(credential)) {
                return kind.find(credential);
            }
        }
        return Optional.empty();
    }

    private static void bind(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        Session session = signedIn.session();
        request.setAttribute(Session.class.getName(), session);
        request.setAttribute(SignedIn.ATTRIBUTE, signedIn);
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
}
