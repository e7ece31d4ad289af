package dev.objectos.auth.scope;

import dev.objectos.auth.session.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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
        if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn signedIn
                && signedIn.session().scopes() != null) {
            admit(Scopes.of(signedIn.session()), request);
        }
        chain.doFilter(request, response);
    }

    private static void admit(Scopes scopes, HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (beneath(OPEN, path)) {
            return;
        }
        if (beneath(METADATA, path)) {
            scopes.require(SAFE.contains(request.getMethod()) ? Scopes.METADATA_READ : Scopes.METADATA_WRITE);
        } else if (!beneath(RECORDS, path)) {
            scopes.require(Scopes.ADMINISTRATION);
        } else if (!scopes.concernRecords()) {
            throw Scopes.lacking(Scopes.DATA_READ);
        }
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
