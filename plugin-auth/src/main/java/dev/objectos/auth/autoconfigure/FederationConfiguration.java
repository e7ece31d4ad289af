package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.OwnIdentities;
import dev.objectos.auth.identity.WayIn;
import dev.objectos.auth.oauth.CallbackController;
import dev.objectos.auth.oauth.LinkedAccountController;
import dev.objectos.auth.oauth.OAuthReader;
import dev.objectos.auth.oauth.OutsideSignIn;
import dev.objectos.auth.oauth.SignInPageController;
import dev.objectos.auth.oauth.SocialSignInController;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.provider.SectionReader;
import dev.objectos.auth.registration.RegistrationProperties;
import dev.objectos.auth.registration.RegistrationRules;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInMethods;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.UsedProofs;
import dev.objectos.runtime.spi.ConfigurationFiles;
import dev.objectos.runtime.spi.FileFindings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what lets people in who are known elsewhere. */
@Configuration(proxyBeanMethods = false)
class FederationConfiguration {

    @Bean(initMethod = "start")
    AuthConfigurations authConfigurations(ConfigurationFiles files, ObjectProvider<SectionReader<?>> readers,
            Environment environment) {
        return new AuthConfigurations(files, readers.orderedStream().toList(), environment::getProperty);
    }

    /** Known only once the metadata is published, which the files do not wait for. */
    @Bean
    FileFindings configuredRoles(AuthConfigurations configuration, KnownRoles known) {
        return () -> configuration.unknownRoles(known::knows);
    }

    /** A provider that is down, or set up wrongly, must not lock out those who can mend it. */
    @Bean
    SignInMethods signInMethods(AuthConfigurations configuration) {
        return (account, method) -> !method.equals(SignIn.PASSWORD) || account.platformAdministrator()
                || configuration.get().local().enabled();
    }

    @Bean
    LinkedIdentities linkedIdentities(DataSource worker, Clock clock) {
        return new LinkedIdentities(worker, clock);
    }

    @Bean
    OutsideAccounts outsideAccounts(LinkedIdentities links, Accounts accounts, MembershipRepository memberships,
            TenantRepository tenants, PlatformTransactionManager transactions, SecurityEvents events) {
        return new OutsideAccounts(links, accounts, memberships, tenants, new TransactionTemplate(transactions),
                events);
    }

    /** A password opens an account, where the server lets it. */
    @Bean
    WayIn passwordWayIn(SignInMethods methods) {
        return account -> account.passwordHash() != null && methods.accept(account, SignIn.PASSWORD);
    }

    @Bean
    OwnIdentities ownIdentities(LinkedIdentities links, ObjectProvider<WayIn> ways, OutsideSignIn outside,
            DataSource worker, PlatformTransactionManager transactions) {
        return new OwnIdentities(links, () -> ways.orderedStream().toList(),
                (_, provider) -> outside.knows(provider), worker, new TransactionTemplate(transactions));
    }

    @Bean
    OAuthReader oauthReader() {
        return new OAuthReader();
    }

    @Bean
    OutsideSignIn outsideSignIn(AuthConfigurations configuration, OneTimeTokens states, UsedProofs proofs,
            OutsideAccounts arrivals, LinkedIdentities links, Accounts accounts, SignIn signIn, SecurityEvents events,
            Clock clock) {
        return new OutsideSignIn(configuration, states, proofs, arrivals, links, accounts, signIn, events, clock);
    }

    @Bean
    SocialSignInController socialSignInController(OutsideSignIn outside, AuthConfigurations configuration,
            PublicAddress address, SignInAnswers answers) {
        return new SocialSignInController(outside, configuration, address, answers);
    }

    @Bean
    SignInPageController signInPageController(OutsideSignIn outside, AuthConfigurations configuration,
            RegistrationRules rules, RegistrationProperties registration) {
        return new SignInPageController(outside, configuration, rules, registration);
    }

    @Bean
    CallbackController callbackController(OutsideSignIn outside, SignInAnswers answers) {
        return new CallbackController(outside, answers);
    }

    @Bean
    LinkedAccountController linkedAccountController(LinkedIdentities links, OwnIdentities own,
            SecurityEvents events) {
        return new LinkedAccountController(links, own, events);
    }
}
