package dev.objectos.auth.signin;

import dev.objectos.auth.throttle.Limit;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many attempts to sign in may fail ({@code objectos.auth.throttle}); it holds on all nodes together.
 *
 * @param failures attempts in a row on one name, after which it is blocked
 * @param addressFailures attempts from one network address, after which it is blocked
 * @param block how long the first block lasts; each further failure doubles it
 * @param longestBlock how long a block lasts at most
 * @param forgetAfter without a further attempt, after which failures count no more
 */
@ConfigurationProperties("objectos.auth.throttle")
public record ThrottleProperties(@DefaultValue("5") int failures, @DefaultValue("100") int addressFailures,
        @DefaultValue("1m") Duration block, @DefaultValue("15m") Duration longestBlock,
        @DefaultValue("1h") Duration forgetAfter) {

    public ThrottleProperties {
        if (failures < 1 || addressFailures < 1 || !block.isPositive() || !longestBlock.isPositive()
                || !forgetAfter.isPositive()) {
            throw new IllegalArgumentException("objectos.auth.throttle: failures, address-failures, block, "
                    + "longest-block and forget-after must be positive");
        }
    }

    /** How often something may be tried on one name. */
    public Limit ofNames() {
        return new Limit(failures, block, longestBlock, forgetAfter);
    }

    /** How often something may be tried from one network address. */
    public Limit ofAddresses() {
        return new Limit(addressFailures, block, longestBlock, forgetAfter);
    }
}
