package dev.objectos.auth.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests per minute, on all nodes together ({@code objectos.auth.limits}); as many at once, and then evenly.
 *
 * @param address from one network address, whoever calls; of IPv6 from one network of 64 bits
 * @param user of one person, by whatever sessions
 * @param key by one API key
 * @param tenant in one tenant
 * @param exchange how often nodes tell each other what they have served; within that time each one serves by itself
 */
@ConfigurationProperties("objectos.auth.limits")
public record LimitProperties(@DefaultValue("24000") int address, @DefaultValue("12000") int user,
        @DefaultValue("12000") int key, @DefaultValue("120000") int tenant,
        @DefaultValue("500ms") Duration exchange) {

    public LimitProperties {
        if (address < 1 || user < 1 || key < 1 || tenant < 1 || !exchange.isPositive()) {
            throw new IllegalArgumentException(
                    "objectos.auth.limits are positive; OBJECTOS_RATE_LIMITS=off switches them off");
        }
    }
}
