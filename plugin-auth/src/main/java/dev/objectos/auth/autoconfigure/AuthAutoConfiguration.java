package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AccountRepository;
import dev.objectos.auth.AdministratorProperties;
import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.FirstAdministrator;
import dev.objectos.auth.LoginSessionRepository;
import dev.objectos.auth.Logins;
import dev.objectos.auth.MembershipRepository;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires signing in. */
@AutoConfiguration(afterName = "dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration", beforeName = {
        "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"})
@AutoConfigurationPackage(basePackageClasses = AuthProperties.class)
@EnableConfigurationProperties({AuthProperties.class, AdministratorProperties.class})
@Import(AuthWeb.class)
public final class AuthAutoConfiguration {

    @Bean
    PasswordEncoder passwordEncoder() {
        return new DelegatingPasswordEncoder(Logins.ENCODER,
                java.util.Map.of(Logins.ENCODER, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    }

    /** Tokens are looked up by the filter; Spring's own user with a generated password has no place here. */
    @Bean
    AuthenticationManager authenticationManager() {
        return _ -> {
            throw new ProviderNotFoundException("sign in at /api/auth");
        };
    }

    @Bean
    Logins logins(AccountRepository accounts, MembershipRepository memberships, LoginSessionRepository logins,
            PasswordEncoder passwords, PlatformTransactionManager transactions, AuthProperties properties,
            Clock clock) {
        return new Logins(accounts, memberships, logins, passwords, new TransactionTemplate(transactions), properties,
                clock);
    }

    @Bean
    FirstAdministrator firstAdministrator(AccountRepository accounts, MembershipRepository memberships,
            Records records, PasswordEncoder passwords, PlatformTransactionManager transactions,
            AdministratorProperties properties, Clock clock) {
        return new FirstAdministrator(accounts, memberships, records, passwords,
                new TransactionTemplate(transactions), properties, clock);
    }
}
