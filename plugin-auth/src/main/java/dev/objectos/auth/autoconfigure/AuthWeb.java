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
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

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
        // A cookie counts for a changing request only from our own origin: see LoginFilter. The rest serves server-side
        // sessions and the servlet API's own idea of a user; here it would only wrap each request once more.
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable).sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable).servletApi(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable).headers(AuthWeb::headers)
                .addFilterBefore(new LoginFilter(logins), ExceptionTranslationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll().requestMatchers("/actuator/**")
                        .hasRole("PLATFORM_ADMINISTRATOR").anyRequest().authenticated())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((_, _, _) -> refuse(RuntimeError.UNAUTHENTICATED, "Sign in first"))
                        .accessDeniedHandler((_, _, _) -> refuse(RuntimeError.PERMISSION_DENIED, "Not permitted")));
        return http.build();
    }

    /** An answer may be kept by the caller's own browser, to be asked about by its ETag each time. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "private, no-cache"))
                .withObjectPostProcessor(new ObjectPostProcessor<HeaderWriterFilter>() {

                    @Override
                    public <O extends HeaderWriterFilter> O postProcess(O filter) {
                        filter.setShouldWriteHeadersEagerly(true);
                        return filter;
                    }
                });
    }

    /** The request itself is observed; each filter's share in it is not worth its cost. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** Header names and values are left to the server's own parser, which refuses control characters already. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        return firewall;
    }

    /** What a filter throws is answered by the server like any other refusal. */
    private static void refuse(RuntimeError code, String message) {
        throw new PlatformException(code, message);
    }
}
