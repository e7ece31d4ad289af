package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.signin.PasswordConfirmation;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.ThrottleProperties;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.twofactor.Challenges;
import dev.objectos.auth.twofactor.CodeStep;
import dev.objectos.auth.twofactor.LostFactorController;
import dev.objectos.auth.twofactor.SecondFactorDuty;
import dev.objectos.auth.twofactor.SecondFactorProperties;
import dev.objectos.auth.twofactor.SecondFactorStore;
import dev.objectos.auth.twofactor.SecondFactors;
import dev.objectos.auth.twofactor.SecondStepFinish;
import dev.objectos.auth.twofactor.TrustedDevices;
import dev.objectos.auth.twofactor.TwoFactorController;
import dev.objectos.runtime.spi.SecretSeal;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires second factors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecondFactorProperties.class)
class SecondFactorConfiguration {

    @Bean
    SecondFactors secondFactors(DataSource worker, PlatformTransactionManager transactions, SecretSeal seal,
            Throttle throttle, ThrottleProperties limits, SecondFactorProperties properties, Clock clock) {
        return new SecondFactors(new SecondFactorStore(worker, new TransactionTemplate(transactions), clock), seal,
                throttle, limits.ofNames(), properties.issuer(), clock);
    }

    @Bean
    TrustedDevices trustedDevices(DataSource worker, SecondFactorProperties properties, Clock clock) {
        return new TrustedDevices(worker, properties.trustDeviceFor(), clock);
    }

    @Bean
    Challenges challenges(OneTimeTokens tokens, Throttle throttle, ThrottleProperties limits) {
        return new Challenges(tokens, throttle, limits.ofNames());
    }

    @Bean
    CodeStep codeStep(SecondFactors factors, TrustedDevices devices, Challenges challenges,
            SecondFactorProperties properties) {
        return new CodeStep(factors, devices, challenges, properties.exempt());
    }

    @Bean
    @Order(2)
    SecondFactorDuty secondFactorDuty(SecondFactors factors, TenantRepository tenants,
            SecondFactorProperties properties) {
        return new SecondFactorDuty(factors, tenants, properties.exempt());
    }

    @Bean
    SecondStepFinish secondStepFinish(Accounts accounts, Challenges challenges, TrustedDevices devices, SignIn signIn,
            SignInAnswers answers, SecurityEvents events) {
        return new SecondStepFinish(accounts, challenges, devices, signIn, answers, events);
    }

    @Bean
    LostFactorController lostFactorController(Members members, SecondFactors factors, Logins logins, AccountMails mails,
            SecurityEvents events) {
        return new LostFactorController(members, factors, logins, mails, events);
    }

    @Bean
    TwoFactorController twoFactorController(SecondFactors factors, Challenges challenges, SecondStepFinish finish,
            PasswordConfirmation passwords, Logins logins, AccountMails mails, SecurityEvents events, Accounts accounts,
            SignInAnswers answers) {
        return new TwoFactorController(factors, challenges, finish, passwords, logins, mails, events, accounts,
                answers);
    }
}
