package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.scope.ScopeFilter;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.CredentialLeases;
import dev.objectos.auth.session.Credentials;
import dev.objectos.auth.session.Handshake;
import dev.objectos.auth.session.LoginFilter;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.RequestCredentials;
import dev.objectos.auth.session.RequestTenant;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.signin.OwnAccountController;
import dev.objectos.auth.signin.PasswordConfirmation;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import dev.objectos.auth.signin.SignInThrottle;
import dev.objectos.auth.transport.ContentPolicy;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
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
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/** Which requests need somebody to have signed in. */
@Configuration(proxyBeanMethods = false)
class AuthWeb {

    private static final String[] OPEN = {"/actuator/health/**", "/api/v1/discovery", "/.well-known/objectstack",
            "/api/auth/**", "/api/storage/raw/*", "/docs", "/docs/**", "/graphiql", "/graphiql/**", "/error"};
    private static final Set<String> SOCKETS = Set.of("/api/realtime", "/graphql");

    @Bean
    SignInAnswers signInAnswers(SessionCookie cookies, SessionProperties properties, Avatars avatars) {
        return new SignInAnswers(cookies, properties, avatars);
    }

    @Bean
    SignInController signInController(SignIn signIn, Logins logins, SignInAnswers answers, SessionCookie cookies,
            RequestTenant tenants, SecurityEvents events) {
        return new SignInController(signIn, logins, answers, cookies, tenants, events);
    }

    @Bean
    PasswordConfirmation passwordConfirmation(PasswordStore passwords, SignInThrottle throttle, SecurityEvents events) {
        return new PasswordConfirmation(passwords, throttle, events);
    }

    @Bean
    OwnAccountController ownAccountController(Logins logins, Accounts accounts, Avatars avatars,
            PasswordStore passwords, PasswordConfirmation confirmation, SignInAnswers answers, SecurityEvents events) {
        return new OwnAccountController(logins, accounts, avatars, passwords, confirmation, answers, events);
    }

    /** The session's own tokens understand everything, and so come last. */
    @Bean
    CredentialLeases credentialLeases(ObjectProvider<Credentials> kinds) {
        return new CredentialLeases(kinds.orderedStream().toList());
    }

    @Bean
    LoginFilter loginFilter(CredentialLeases credentials, ObjectProvider<RequestCredentials> others,
            SessionCookie cookies, RequestTenant tenants) {
        return new LoginFilter(credentials, others.orderedStream().toList(), cookies, tenants);
    }

    /** The filter has its place in the security chain, not in the server's. */
    @Bean
    FilterRegistrationBean<LoginFilter> loginFilterRegistration(LoginFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, LoginFilter logins,
            TransportConfiguration.Guards guards) throws Exception {
        // A cookie counts for a changing request only from our own origin: see SessionCookie. The rest serves server-side
        // sessions and the servlet API's own idea of a user; here it would only wrap each request once more.
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable).sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable).servletApi(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable).headers(AuthWeb::headers)
                .addFilterBefore(logins, ExceptionTranslationFilter.class)
                .addFilterAfter(new ScopeFilter(), LoginFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll()
                        // Where no page can set a header, the first message over a WebSocket may say who calls.
                        .requestMatchers(request -> SOCKETS.contains(request.getRequestURI()) && Handshake.is(request))
                        .permitAll().requestMatchers("/actuator/**")
                        .hasRole("VIEW_SERVER").anyRequest().authenticated())
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((_, _, _) -> refuse(RuntimeError.UNAUTHENTICATED, "Sign in first"))
                        .accessDeniedHandler((_, _, _) -> refuse(RuntimeError.PERMISSION_DENIED, "Not permitted")));
        guards.addTo(http);
        return http.build();
    }

    /** An answer may be kept by the caller's own browser, to be asked about by its ETag each time; never what is about credentials. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        request -> request.getRequestURI().startsWith("/api/auth/"),
                        new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "no-store")))
                .addHeaderWriter(new StaticHeadersWriter(List.of(
                        new Header(HttpHeaders.CACHE_CONTROL, "private, no-cache"),
                        new Header("Referrer-Policy", "no-referrer"),
                        new Header("Permissions-Policy",
                                "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
                        new Header("Cross-Origin-Opener-Policy", "same-origin"),
                        new Header("Cross-Origin-Resource-Policy", "same-origin"))))
                .addHeaderWriter(new ContentPolicy())
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

    /**
     * Header names and values are left to the server's own parser, which refuses control characters already, and names of
     * parameters to whoever takes some: the firewall would refuse them where they are read, as a fault of the endpoint.
     */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        firewall.setAllowedParameterNames(_ -> true);
        return firewall;
    }

    /** What a filter throws is answered by the server like any other refusal. */
    private static void refuse(RuntimeError code, String message) {
        throw new PlatformException(code, message);
    }
}
