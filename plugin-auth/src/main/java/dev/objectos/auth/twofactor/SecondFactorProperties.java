package dev.objectos.auth.twofactor;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Second factors ({@code objectos.auth.second-factor}).
 *
 * @param issuer what authenticators show the account under
 * @param exempt ways of signing in that are two factors by themselves, so that no code is asked for
 * @param trustDeviceFor how long a device that somebody trusts is not asked
 */
@ConfigurationProperties("objectos.auth.second-factor")
public record SecondFactorProperties(@DefaultValue("ObjectOS") String issuer,
        @DefaultValue("passkey") Set<String> exempt, @DefaultValue("30d") Duration trustDeviceFor) {

    public SecondFactorProperties {
        exempt = Set.copyOf(exempt);
        if (issuer.isBlank() || issuer.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "objectos.auth.second-factor.issuer must be a name without a colon, which authenticators would cut it at");
        }
        if (!trustDeviceFor.isPositive()) {
            throw new IllegalArgumentException("objectos.auth.second-factor.trust-device-for must be positive");
        }
    }
}
