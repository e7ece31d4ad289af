package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.WayIn;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.saml.SamlController;
import dev.objectos.auth.saml.SamlProviders;
import dev.objectos.auth.saml.SamlReader;
import dev.objectos.auth.saml.SamlSignIn;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.UsedProofs;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires signing in by SAML. */
@Configuration(proxyBeanMethods = false)
class SamlConfiguration {

    @Bean
    SamlReader samlReader() {
        return new SamlReader();
    }

    @Bean
    SamlSignIn samlSignIn(AuthConfigurations configuration, OneTimeTokens tokens, OutsideAccounts accounts,
            SignIn signIn, UsedProofs proofs, SecurityEvents events, Clock clock) {
        return new SamlSignIn(() -> configuration.get().get(SamlProviders.class), tokens,
                proofs, accounts, signIn, events, clock);
    }

    @Bean
    SamlController samlController(SamlSignIn saml, PublicAddress address, SignInAnswers answers) {
        return new SamlController(saml, address, answers);
    }

    /** A provider opens the accounts of its people for as long as it is configured. */
    @Bean
    WayIn samlWayIn(AuthConfigurations configuration, LinkedIdentities links) {
        return account -> links.of(account.id()).stream()
                .anyMatch(link -> configuration.get().get(SamlProviders.class).knows(link.provider()));
    }
}
