package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.AuthProperties;
import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.recovery.ConfirmationController;
import dev.objectos.auth.recovery.EmailChange;
import dev.objectos.auth.recovery.EmailController;
import dev.objectos.auth.recovery.EmailLinks;
import dev.objectos.auth.recovery.EmailProof;
import dev.objectos.auth.recovery.EmailProofs;
import dev.objectos.auth.recovery.EmailVerification;
import dev.objectos.auth.recovery.MailLimitProperties;
import dev.objectos.auth.recovery.MailLimits;
import dev.objectos.auth.recovery.PasswordReset;
import dev.objectos.auth.recovery.RecoveryController;
import dev.objectos.auth.registration.PendingRegistrations;
import dev.objectos.auth.registration.Registration;
import dev.objectos.auth.registration.RegistrationController;
import dev.objectos.auth.registration.RegistrationProperties;
import dev.objectos.auth.registration.RegistrationRules;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInMethods;
import dev.objectos.auth.signin.SignInThrottle;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.mail.MailServer;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what people do for themselves by means of mails: registration, forgotten passwords, addresses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MailLimitProperties.class, RegistrationProperties.class})
class RecoveryConfiguration {

    @Bean
    BackgroundWork backgroundWork(Coordination coordination, ObjectProvider<BackgroundTask> tasks) {
        return new BackgroundWork(coordination.open("objectos-auth"), "background",
                () -> tasks.orderedStream().toList());
    }

    @Bean
    Links links(AuthProperties properties, Environment environment) {
        return new Links(properties.publicUrl(), () -> environment.getProperty("local.server.port",
                environment.getProperty("server.port", "8080")));
    }

    @Bean
    AccountMails accountMails(MailServer server, BackgroundWork work, MembershipRepository memberships,
            SessionFactory sessions) {
        return new AccountMails(server, work, memberships, sessions);
    }

    @Bean
    MailLimits mailLimits(Throttle throttle, MailLimitProperties properties) {
        return new MailLimits(throttle, properties);
    }

    @Bean
    PasswordReset passwordReset(Accounts accounts, PasswordStore passwords, OneTimeTokens tokens, Logins logins,
            SignInMethods methods, SignInThrottle throttle, BackgroundWork work, AccountMails mails, Links links,
            SecurityEvents events, Clock clock) {
        return new PasswordReset(accounts, passwords, tokens, logins, methods, throttle, work, mails, links, events,
                clock);
    }

    @Bean
    RecoveryController recoveryController(PasswordReset resets, MailLimits limits, PublicAddress address) {
        return new RecoveryController(resets, limits, address);
    }

    @Bean
    EmailLinks emailLinks(OneTimeTokens tokens, Links links) {
        return new EmailLinks(tokens, links);
    }

    @Bean
    EmailVerification emailVerification(Accounts accounts, EmailLinks links, AccountMails mails, Logins logins,
            SecurityEvents events) {
        return new EmailVerification(accounts, links, mails, logins, events);
    }

    @Bean
    EmailChange emailChange(Accounts accounts, OneTimeTokens tokens, EmailLinks links, BackgroundWork work,
            AccountMails mails, Logins logins, SecurityEvents events) {
        return new EmailChange(accounts, tokens, links, work, mails, logins, events);
    }

    @Bean
    EmailProofs emailProofs(ObjectProvider<EmailProof> proofs, OneTimeTokens tokens, BackgroundWork work) {
        return new EmailProofs(proofs.orderedStream().toList(), tokens, work);
    }

    @Bean
    EmailController emailController(EmailProofs proofs, EmailChange changes, MailLimits limits,
            PublicAddress address) {
        return new EmailController(proofs, changes, limits, address);
    }

    @Bean
    ConfirmationController confirmationController(EmailProofs proofs, PublicAddress address) {
        return new ConfirmationController(proofs, address);
    }

    @Bean
    RegistrationRules registrationRules(TenantRepository tenants) {
        return new RegistrationRules(tenants);
    }

    @Bean
    Registration registration(Accounts accounts, DataSource worker, Clock clock, EmailLinks links, BackgroundWork work,
            AccountMails mails, SecurityEvents events, RegistrationProperties properties) {
        return new Registration(accounts, new PendingRegistrations(worker, clock), links, work, mails, events,
                properties);
    }

    @Bean
    RegistrationController registrationController(RegistrationRules rules, Registration registration,
            RegistrationProperties properties, Accounts accounts, PasswordRules passwordRules, Passwords passwords,
            MailLimits limits, PublicAddress address, SignIn signIn, SignInAnswers answers) {
        return new RegistrationController(rules, registration, properties, accounts, passwordRules, passwords, limits,
                address, signIn, answers);
    }
}
