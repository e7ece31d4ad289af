package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.WayIn;
import dev.objectos.auth.ldap.DirectorySignIn;
import dev.objectos.auth.ldap.LdapController;
import dev.objectos.auth.ldap.LdapDirectories;
import dev.objectos.auth.ldap.LdapReader;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInThrottle;
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
    LdapReader ldapReader() {
        return new LdapReader();
    }

    @Bean
    LdapController ldapController(AuthConfigurations configuration, DirectorySignIn signIn, SignInAnswers answers) {
        return new LdapController(() -> configuration.get().get(LdapDirectories.class), signIn, answers);
    }

    /** A directory opens the accounts of its people for as long as it is configured. */
    @Bean
    WayIn directoryWayIn(AuthConfigurations configuration, LinkedIdentities links) {
        return account -> links.of(account.id()).stream().anyMatch(
                link -> configuration.get().get(LdapDirectories.class).knows(link.provider()));
    }
}
