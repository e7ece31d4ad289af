package dev.objectos.auth.transport;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Answers browsers that ask whether a page of another origin may call. */
public final class CrossOrigin {

    /**
     * Where forms lead browsers: pages of providers post their answers, and the pages behind mails tell nobody where they are. That is no
     * call of a script, and what is answered no script can read.
     */
    private static final List<String> FORMS = List.of("/api/auth/callback/", "/api/auth/oauth2/callback/",
            "/api/auth/sso/saml2/callback/", "/api/auth/reset-password/", "/api/auth/confirm-email");

    private volatile CorsProperties properties;
    private volatile CorsConfiguration rules;

    public CrossOrigin(CorsProperties properties) {
        this.properties = properties;
        this.rules = rules(properties);
    }

    /** Answers by these from now on. */
    public void apply(CorsProperties changed) {
        properties = changed;
        rules = rules(changed);
    }

    private static CorsConfiguration rules(CorsProperties properties) {
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(properties.origins());
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(properties.headers());
        rules.setExposedHeaders(properties.exposed());
        rules.setAllowCredentials(properties.credentials());
        rules.setMaxAge(properties.maxAge());
        return rules;
    }

    /** A filter that does so before anybody asks who calls: a browser asks without credentials. */
    public CorsFilter filter() {
        var filter = new CorsFilter(
                request -> FORMS.stream().anyMatch(request.getRequestURI()::startsWith) ? null : rules) {

            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return properties.origins().isEmpty();
            }
        };
        filter.setCorsProcessor(new Refusing());
        return filter;
    }

    /** Refuses as everything else here does. */
    private static final class Refusing extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Pages of this origin may not call this server so; see objectos.auth.cors");
        }
    }
}
