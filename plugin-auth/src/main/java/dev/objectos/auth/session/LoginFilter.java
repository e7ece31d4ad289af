package dev.objectos.auth.session;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling, from whatever the request brings to show it, and binds the {@link Session}: as a request
 * attribute of that class's name and as {@link Session#CURRENT}. For what goes on after the request it leaves a {@link SessionLease}.
 */
public final class LoginFilter extends OncePerRequestFilter {

    private final CredentialLeases credentials;
    private final List<RequestCredentials> others;
    private final SessionCookie cookies;
    private final RequestTenant tenants;

    /** @param others asked where a request brings no credential that can be shown without it */
    public LoginFilter(CredentialLeases credentials, List<RequestCredentials> others, SessionCookie cookies,
            RequestTenant tenants) {
        this.credentials = credentials;
        this.others = List.copyOf(others);
        this.cookies = cookies;
        this.tenants = tenants;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Handshake.is(request)) {
            RequestTenant.Placement placement = tenants.placement(request);
            SessionLeases leases = credential -> CredentialLeases.of(() -> credentials.find(credential), placement);
            request.setAttribute(SessionLeases.ATTRIBUTE, leases);
        }
        RequestCredentials.Lookup lookup = lookup(request);
        SignedIn signedIn = lookup == null ? null : lookup.find().orElse(null);
        if (lookup == null || signedIn == null) {
            chain.doFilter(request, response);
            return;
        }
        Duty duty = signedIn.duty();
        if (duty != null && !duty.paths().contains(request.getRequestURI())) {
            throw new PlatformException(duty.code(), duty.message());
        }
        RequestTenant.Placement placement = tenants.placement(request);
        SignedIn placed = placement.place(signedIn);
        request.setAttribute(SessionLease.ATTRIBUTE, CredentialLeases.of(lookup, placement));
        bind(placed, request, response, chain);
    }

    private RequestCredentials.@Nullable Lookup lookup(HttpServletRequest request) {
        String credential = cookies.credential(request);
        return credential == null
                ? others.stream().flatMap(kind -> kind.in(request).stream()).findFirst().orElse(null)
                : () -> credentials.find(credential);
    }

    private static void bind(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        Session session = signedIn.session();
        request.setAttribute(Session.class.getName(), session);
        request.setAttribute(SignedIn.ATTRIBUTE, signedIn);
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(session, null,
                session.may(SystemPermission.VIEW_SERVER)
                        ? AuthorityUtils.createAuthorityList("ROLE_VIEW_SERVER")
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
