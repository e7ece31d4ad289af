package dev.objectos.auth.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many mails people who have not signed in may ask for ({@code objectos.auth.mail-limit}); it holds on all nodes together.
 *
 * @param perAddress mails to one address, after which further ones are refused
 * @param perClient mails asked for from one network address
 * @param within for how long they are refused then, and after how long without one they are forgotten
 */
@ConfigurationProperties("objectos.auth.mail-limit")
public record MailLimitProperties(@DefaultValue("5") int perAddress, @DefaultValue("100") int perClient,
        @DefaultValue("1h") Duration within) {

    public MailLimitProperties {
        if (perAddress < 1 || perClient < 1 || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "objectos.auth.mail-limit: per-address, per-client and within must be positive");
        }
    }
}
