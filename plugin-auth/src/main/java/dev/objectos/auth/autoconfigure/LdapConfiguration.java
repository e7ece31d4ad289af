package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.ldap.DirectorySignIn;
import dev.objectos.auth.ldap.LdapController;
import dev.objectos.auth.ldap.LdapSettings;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInThrottle;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires signing in by directories. */
@Configuration(proxyBeanMethods = false)
class LdapConfiguration {

    @Bean
    DirectorySignIn directorySignIn(SignIn signIn, SignInThrottle throttle, OutsideAccounts accounts,
            SecurityEvents events) {
        return new DirectorySignIn(signIn, throttle, accounts, events);
    }

    @Bean
    LdapController ldapController(DirectorySignIn signIn, SignInAnswers answers) {
        return new LdapController(List::<LdapSettings>of, signIn, answers);
    }
}
