package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.mail.MailProperties;
import dev.objectos.runtime.mail.MailServer;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Wires the way to the mail server. */
@AutoConfiguration(after = RuntimeAutoConfiguration.class)
@EnableConfigurationProperties(MailProperties.class)
public final class MailAutoConfiguration {

    @Bean
    MailServer mailServer(MailProperties properties, Environment environment, Clock clock) {
        return new MailServer(properties.orElse(environment.getProperty("spring.mail.host"),
                environment.getProperty("spring.mail.port", Integer.class),
                environment.getProperty("spring.mail.username"), environment.getProperty("spring.mail.password")),
                clock);
    }
}
