package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.AdministratorProperties;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.FirstAdministrator;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.password.BreachedPasswords;
import dev.objectos.auth.password.PasswordProperties;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.Duties;
import dev.objectos.auth.session.DutyRoster;
import dev.objectos.auth.session.LoginSessionRepository;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.MemberSessions;
import dev.objectos.auth.session.PasswordDuty;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.signin.SecondStep;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInMethods;
import dev.objectos.auth.signin.SignInThrottle;
import dev.objectos.auth.signin.ThrottleProperties;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.UsedProofs;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SecurityListener;
import dev.objectos.runtime.spi.SystemRights;
import dev.objectos.runtime.spi.UserSessions;
import dev.objectos.runtime.storage.Files;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires accounts, their passwords and their sessions. */
@AutoConfiguration(afterName = {"dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.EventAutoConfiguration"}, beforeName = {
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"})
@AutoConfigurationPackage(basePackages = "dev.objectos.auth")
@EnableConfigurationProperties({AuthProperties.class, AdministratorProperties.class, PasswordProperties.class,
        SessionProperties.class, ThrottleProperties.class})
@Import({AuthWeb.class, AdministrationConfiguration.class, ApiKeyConfiguration.class, BasicConfiguration.class,
        FederationConfiguration.class, JwtConfiguration.class, LdapConfiguration.class, OrganizationConfiguration.class,
        PasskeyConfiguration.class, RecoveryConfiguration.class, SamlConfiguration.class, ScimConfiguration.class,
        SecondFactorConfiguration.class, TransportConfiguration.class})
public final class AuthAutoConfiguration {

    @Bean
    PasswordEncoder passwordEncoder(PasswordProperties properties) {
        return Passwords.encoder(properties.memoryKib(), properties.passes());
    }

    @Bean
    Passwords passwords(PasswordEncoder encoder, PasswordProperties properties) {
        return new Passwords(encoder, properties.memoryKib(), properties.passes());
    }

    /** Credentials are looked up by the filter; Spring's own user with a generated password has no place here. */
    @Bean
    AuthenticationManager authenticationManager() {
        return _ -> {
            throw new ProviderNotFoundException("sign in at /api/auth");
        };
    }

    @Bean
    Accounts accounts(AccountRepository accounts, MembershipRepository memberships, Records records,
            PlatformTransactionManager transactions, Clock clock) {
        return new Accounts(accounts, memberships, records, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Avatars avatars(Records records, Files files) {
        return new Avatars(records, files);
    }

    @Bean
    PasswordRules passwordRules(PasswordProperties properties, AuthConfigurations configuration,
            MembershipRepository memberships, TenantRepository tenants) {
        return new PasswordRules(() -> properties.policy().and(configuration.get().local().policy()), memberships,
                tenants, BreachedPasswords.in(properties.breachedFile()));
    }

    @Bean
    PasswordStore passwordStore(AccountRepository accounts, Passwords passwords, PasswordRules rules,
            OneTimeTokens tokens, DataSource worker, PlatformTransactionManager transactions, Clock clock) {
        return new PasswordStore(accounts, passwords, rules, tokens, worker, new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    SecurityEvents securityEvents(ObjectProvider<SecurityListener> listeners, EventBus bus, Clock clock) {
        return new SecurityEvents(() -> listeners.orderedStream().toList(), bus, clock);
    }

    @Bean
    PublicAddress publicAddress(AuthProperties properties) {
        return new PublicAddress(properties);
    }

    @Bean
    OneTimeTokens oneTimeTokens(DataSource worker, Clock clock) {
        return new OneTimeTokens(worker, clock);
    }

    @Bean
    UsedProofs usedProofs(DataSource worker, Clock clock) {
        return new UsedProofs(worker, clock);
    }

    @Bean
    SessionFactory sessionFactory(AccountRepository accounts, MembershipRepository memberships,
            TenantRepository tenants, Records records, ObjectProvider<SystemRights> rights, Clock clock) {
        return new SessionFactory(accounts, memberships, tenants, records, said(rights), clock);
    }

    /** What the one who knows says; roles by their names where nobody does. */
    static SystemRights said(ObjectProvider<SystemRights> rights) {
        return (tenant, roles, platformAdministrator) -> rights.getIfAvailable(() -> SystemRights.BY_ROLE).of(tenant,
                roles, platformAdministrator);
    }

    @Bean
    UserSessions memberSessions(AccountRepository accounts, MembershipRepository memberships,
            SessionFactory sessions) {
        return new MemberSessions(accounts, memberships, sessions);
    }

    @Bean
    @Order(1)
    PasswordDuty passwordDuty(PasswordStore passwords) {
        return new PasswordDuty(passwords);
    }

    @Bean
    CredentialCache credentialCache(SessionProperties properties, Clock clock) {
        return new CredentialCache(properties.cacheFor(), clock);
    }

    @Bean
    DutyRoster dutyRoster(ObjectProvider<Duties> kinds) {
        return new DutyRoster(() -> kinds.orderedStream().toList());
    }

    @Bean
    Logins logins(LoginSessionRepository logins, AccountRepository accounts, SessionFactory sessions,
            DutyRoster duties, PlatformTransactionManager transactions, SessionProperties properties,
            CredentialCache known, Clock clock) {
        return new Logins(logins, accounts, sessions, duties, new TransactionTemplate(transactions), properties, known,
                clock);
    }

    @Bean
    Throttle throttle(DataSource worker, Clock clock) {
        return new Throttle(worker, clock);
    }

    @Bean
    SignInThrottle signInThrottle(Throttle throttle, ThrottleProperties properties) {
        return new SignInThrottle(throttle, properties);
    }

    @Bean
    SignIn signIn(Accounts accounts, MembershipRepository memberships, TenantRepository tenants,
            PasswordStore passwords, SignInThrottle throttle, Logins logins, SignInMethods methods,
            ObjectProvider<SecondStep> steps, SecurityEvents events, Clock clock) {
        return new SignIn(accounts, memberships, tenants, passwords, throttle, logins, methods,
                () -> steps.orderedStream().toList(), events, clock);
    }

    @Bean
    FirstAdministrator firstAdministrator(AccountRepository accounts, Accounts people, Passwords passwords,
            AdministratorProperties properties) {
        return new FirstAdministrator(accounts, people, passwords, properties);
    }
}
