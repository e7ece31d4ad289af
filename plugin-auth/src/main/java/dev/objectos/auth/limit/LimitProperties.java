package dev.objectos.auth.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests per minute on each node ({@code objectos.auth.limits}); as many at once, and then evenly.
 *
 * @param address from one network address, whoever calls; of IPv6 from one network of 64 bits
 * @param user of one person, by whatever sessions
 * @param key by one API key
 * @param tenant in one tenant
 */
@ConfigurationProperties("objectos.auth.limits")
public record LimitProperties(@DefaultValue("24000") int address, @DefaultValue("12000") int user,
        @DefaultValue("12000") int key, @DefaultValue("120000") int tenant) {

    public LimitProperties {
        if (address < 1 || user < 1 || key < 1 || tenant < 1) {
            throw new IllegalArgumentException(
                    "objectos.auth.limits are positive numbers; OBJECTOS_RATE_LIMITS=off switches them off");
        }
    }
}
