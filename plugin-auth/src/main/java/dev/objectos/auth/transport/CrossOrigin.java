package dev.objectos.auth.transport;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.List;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Answers browsers that ask whether a page of another origin may call. */
public final class CrossOrigin {

    private CrossOrigin() {}

    /** A filter that does so before anybody asks who calls: a browser asks without credentials. */
    public static CorsFilter filter(CorsProperties properties) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(properties.origins());
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(properties.headers());
        configuration.setExposedHeaders(properties.exposed());
        configuration.setAllowCredentials(properties.credentials());
        configuration.setMaxAge(properties.maxAge());
        var everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", configuration);
        var filter = new CorsFilter(everywhere);
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
