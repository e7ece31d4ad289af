package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.basic.BasicCredentials;
import dev.objectos.auth.basic.BasicProperties;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.DutyRoster;
import dev.objectos.auth.session.RequestTenant;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.signin.SignIn;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires passwords in headers, where a server takes them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BasicProperties.class)
class BasicConfiguration {

    @Bean
    @ConditionalOnProperty("objectos.auth.basic.enabled")
    BasicCredentials basicCredentials(SignIn signIn, SessionFactory sessions, DutyRoster duties, RequestTenant tenants,
            CredentialCache known, SecurityEvents events) {
        return new BasicCredentials(signIn, sessions, duties, tenants, known, events);
    }
}
