package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.jwt.AccessTokens;
import dev.objectos.auth.jwt.JwtProperties;
import dev.objectos.auth.jwt.RefreshTokens;
import dev.objectos.auth.jwt.SigningKeyTable;
import dev.objectos.auth.jwt.SigningKeys;
import dev.objectos.auth.jwt.TokenController;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.runtime.spi.SecretSeal;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires signed tokens. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JwtProperties.class)
class JwtConfiguration {

    @Bean
    SigningKeys signingKeys(DataSource worker, SecretSeal seal, PlatformTransactionManager transactions,
            JwtProperties properties, SecurityEvents events, Clock clock) {
        return new SigningKeys(new SigningKeyTable(worker), seal, new TransactionTemplate(transactions), properties,
                events, clock);
    }

    @Bean
    AccessTokens accessTokens(SigningKeys keys, Logins logins, CredentialCache known, JwtProperties properties,
            Clock clock) {
        return new AccessTokens(keys, logins, known, properties, clock);
    }

    @Bean
    RefreshTokens refreshTokens(DataSource worker, Logins logins, JwtProperties properties, SecurityEvents events,
            Clock clock) {
        return new RefreshTokens(worker, logins, properties, events, clock);
    }

    @Bean
    TokenController tokenController(AccessTokens access, RefreshTokens refresh, SigningKeys keys,
            SessionCookie cookies, Clock clock) {
        return new TokenController(access, refresh, keys, cookies, clock);
    }
}
