package dev.objectos.auth.scope;

import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets credentials with scopes reach only what these are about. Records are looked at again, object by object, where they are read
 * and written; a path that nobody has thought of here is administration.
 */
public final class ScopeFilter extends OncePerRequestFilter {

    private static final List<String> OPEN = List.of("/api/auth/get-session", "/api/auth/jwks", "/api/v1/discovery",
            "/.well-known/objectstack", "/docs", "/graphiql", "/actuator/health");
    private static final List<String> RECORDS = List.of("/api/data", "/api/batch", "/graphql", "/api/workflow",
            "/api/approvals", "/api/analytics", "/api/actions", "/api/realtime");
    private static final List<String> METADATA = List.of("/api/metadata", "/api/openapi.json", "/api/i18n");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn signedIn) {
            String path = request.getRequestURI().substring(request.getContextPath().length());
            String lacking = lacking(signedIn.session(), request.getMethod(), path);
            if (lacking != null) {
                throw Scopes.lacking(lacking);
            }
        }
        chain.doFilter(request, response);
    }

    /** Whether a session's scopes let a request through. */
    public static boolean lets(Session session, String method, String path) {
        return lacking(session, method, path) == null;
    }

    /** The scope that a request would need; null: none that is not there. */
    private static @Nullable String lacking(Session session, String method, String path) {
        if (session.scopes() == null || beneath(OPEN, path)) {
            return null;
        }
        Scopes scopes = Scopes.of(session);
        if (beneath(RECORDS, path)) {
            return scopes.concernRecords() ? null : Scopes.DATA_READ;
        }
        String needed = !beneath(METADATA, path)
                ? Scopes.ADMINISTRATION
                : SAFE.contains(method) ? Scopes.METADATA_READ : Scopes.METADATA_WRITE;
        return scopes.allows(needed) ? null : needed;
    }

    /** What is encoded in another way than here is beneath none of them. */
    private static boolean beneath(List<String> roots, String path) {
        for (String root : roots) {
            if (path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
