package dev.objectos.automation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How triggers run ({@code objectos.automation}).
 *
 * @param depth how many triggers may set off each other, one by one
 * @param keep how long runs stay in the log
 */
@ConfigurationProperties("objectos.automation")
public record AutomationProperties(@DefaultValue("8") int depth, @DefaultValue("30d") Duration keep) {

    public AutomationProperties {
        if (depth < 1 || !keep.isPositive()) {
            throw new IllegalArgumentException("objectos.automation: depth and keep must be positive");
        }
    }
}
