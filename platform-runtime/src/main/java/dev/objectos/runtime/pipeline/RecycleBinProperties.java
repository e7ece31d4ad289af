package dev.objectos.runtime.pipeline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the recycle bin ({@code objectos.recycle-bin}).
 *
 * @param retention how long deleted records can be restored
 * @param interval how often older ones are looked for
 */
@ConfigurationProperties("objectos.recycle-bin")
public record RecycleBinProperties(@DefaultValue("30d") Duration retention, @DefaultValue("1h") Duration interval) {

    public RecycleBinProperties {
        if (retention.isNegative() || interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "objectos.recycle-bin.retention must not be negative, and interval must be positive");
        }
    }
}
