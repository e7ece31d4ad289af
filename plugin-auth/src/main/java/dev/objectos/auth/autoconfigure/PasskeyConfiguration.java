package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.identity.OwnIdentities;
import dev.objectos.auth.identity.WayIn;
import dev.objectos.auth.passkey.PasskeyChallenges;
import dev.objectos.auth.passkey.PasskeyController;
import dev.objectos.auth.passkey.PasskeyOptions;
import dev.objectos.auth.passkey.PasskeyProperties;
import dev.objectos.auth.passkey.PasskeyRegistration;
import dev.objectos.auth.passkey.PasskeySignIn;
import dev.objectos.auth.passkey.PasskeyStore;
import dev.objectos.auth.passkey.RelyingParty;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.token.OneTimeTokens;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires passkeys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PasskeyProperties.class)
class PasskeyConfiguration {

    @Bean
    PasskeyStore passkeyStore(DataSource worker, Clock clock) {
        return new PasskeyStore(worker, clock);
    }

    @Bean
    WayIn passkeyWayIn(PasskeyStore passkeys) {
        return account -> !passkeys.of(account.id()).isEmpty();
    }

    @Bean
    RelyingParty relyingParty(PasskeyProperties properties, AuthProperties server) {
        return new RelyingParty(properties, server.publicUrl());
    }

    @Bean
    PasskeySignIn passkeySignIn(PasskeyStore passkeys, RelyingParty party, Accounts accounts, SignIn signIn,
            SecurityEvents events) {
        return new PasskeySignIn(passkeys, party, accounts, signIn, events);
    }

    @Bean
    PasskeyController passkeyController(PasskeyStore passkeys, RelyingParty party, OneTimeTokens tokens,
            PasskeyProperties properties, PasskeySignIn signIn, OwnIdentities own, SignInAnswers answers,
            SecurityEvents events, Clock clock) {
        return new PasskeyController(passkeys, new PasskeyChallenges(tokens, properties.timeout()),
                new PasskeyOptions(party, properties.timeout()),
                new PasskeyRegistration(passkeys, party, events, properties.freshFor(), clock), signIn, own,
                answers, events);
    }
}
