package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AuthController;
import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.LoginFilter;
import dev.objectos.auth.Logins;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Which requests need somebody to have signed in. */
@Configuration(proxyBeanMethods = false)
class AuthWeb {

    private static final String[] OPEN = {"/actuator/health/**", "/api/v1/discovery", "/.well-known/objectstack",
            "/api/auth/**", "/docs", "/docs/**", "/error"};

    @Bean
    AuthController authController(Logins logins, AuthProperties properties) {
        return new AuthController(logins, properties);
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, Logins logins) throws Exception {
        // A cookie counts for a changing request only from our own origin: see LoginFilter.
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new LoginFilter(logins), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll().requestMatchers("/actuator/**")
                        .hasRole("PLATFORM_ADMINISTRATOR").anyRequest().authenticated())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((_, _, _) -> refuse(RuntimeError.UNAUTHENTICATED, "Sign in first"))
                        .accessDeniedHandler((_, _, _) -> refuse(RuntimeError.PERMISSION_DENIED, "Not permitted")));
        return http.build();
    }

    /** What a filter throws is answered by the server like any other refusal. */
    private static void refuse(RuntimeError code, String message) {
        throw new PlatformException(code, message);
    }
}
