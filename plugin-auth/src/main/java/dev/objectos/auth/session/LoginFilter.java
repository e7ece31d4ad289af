package dev.objectos.auth.session;

import dev.objectos.runtime.ErrorKind;
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
import java.util.Optional;
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

    private final List<Credentials> credentials;
    private final List<RequestCredentials> others;
    private final SessionCookie cookies;
    private final RequestTenant tenants;

    /**
     * @param credentials the kinds there are; the first that understands a credential looks it up
     * @param others asked where a request brings none of these
     */
    public LoginFilter(List<Credentials> credentials, List<RequestCredentials> others, SessionCookie cookies,
            RequestTenant tenants) {
        this.credentials = List.copyOf(credentials);
        this.others = List.copyOf(others);
        this.cookies = cookies;
        this.tenants = tenants;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Handshake.is(request)) {
            request.setAttribute(SessionLeases.ATTRIBUTE, leases(tenants.placement(request)));
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
        request.setAttribute(SessionLease.ATTRIBUTE, lease(lookup, placement));
        bind(placed, request, response, chain);
    }

    private RequestCredentials.@Nullable Lookup lookup(HttpServletRequest request) {
        String credential = cookies.credential(request);
        return credential == null
                ? others.stream().flatMap(kind -> kind.in(request).stream()).findFirst().orElse(null)
                : () -> find(credential);
    }

    private SessionLeases leases(RequestTenant.Placement placement) {
        return credential -> lease(() -> find(credential), placement);
    }

    /** Whoever has to do something before anything else has no session for anything that goes on. */
    private static SessionLease lease(RequestCredentials.Lookup lookup, RequestTenant.Placement placement) {
        return () -> {
            try {
                return lookup.find().filter(signedIn -> signedIn.duty() == null).map(placement::place)
                        .map(SignedIn::session);
            } catch (PlatformException e) {
                if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
                    throw e;
                }
                return Optional.empty();
            }
        };
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
