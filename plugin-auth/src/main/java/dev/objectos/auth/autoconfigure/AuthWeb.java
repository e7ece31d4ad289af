package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AuthController;
import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.LoginFilter;
import dev.objectos.auth.Logins;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Which requests need somebody to have signed in. */
@Configuration(proxyBeanMethods = false)
class AuthWeb {

    private static final String[] OPEN = {"/actuator/health/**", "/api/v1/discovery", "/.well-known/objectstack",
            "/api/auth/**", "/docs", "/docs/**", "/error"};

    @Bean
    AuthController authController(Logins logins, AuthProperties properties) {
        return new AuthController(logins, properties);
    }

    /** Refusals take the same road as those of the API, so that they look the same. */
    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, Logins logins,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) throws Exception {
        // A cookie counts for a changing request only from our own origin: see LoginFilter.
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new LoginFilter(logins), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll().requestMatchers("/actuator/**")
                        .hasRole("PLATFORM_ADMINISTRATOR").anyRequest().authenticated())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((request, response, _) -> refuse(refusals, request, response,
                                RuntimeError.UNAUTHENTICATED, "Sign in first", HttpServletResponse.SC_UNAUTHORIZED))
                        .accessDeniedHandler((request, response, _) -> refuse(refusals, request, response,
                                RuntimeError.PERMISSION_DENIED, "Not permitted", HttpServletResponse.SC_FORBIDDEN)));
        return http.build();
    }

    private static void refuse(HandlerExceptionResolver refusals, HttpServletRequest request,
            HttpServletResponse response, RuntimeError error, String message, int status) throws IOException {
        if (refusals.resolveException(request, response, null, new PlatformException(error, message)) == null) {
            // Nobody here words problems; a filter that stays silent would answer 200.
            response.sendError(status);
        }
    }
}
