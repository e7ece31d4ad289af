package dev.objectos.runtime.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the files of settings are watched ({@code objectos.configuration}).
 *
 * @param watch whether a changed file is read while the server runs
 * @param interval between two looks
 */
@ConfigurationProperties("objectos.configuration")
public record SettingsProperties(@DefaultValue("true") boolean watch, @DefaultValue("1s") Duration interval) {

    public SettingsProperties {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("objectos.configuration.interval must be positive");
        }
    }
}
