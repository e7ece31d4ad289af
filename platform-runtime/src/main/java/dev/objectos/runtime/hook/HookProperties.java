package dev.objectos.runtime.hook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hooks are called ({@code objectos.hooks}).
 *
 * @param timeout of one call
 * @param threads for the hooks that come with the server; those of an added plugin have what its limits give them
 */
@ConfigurationProperties("objectos.hooks")
public record HookProperties(@DefaultValue("5s") Duration timeout, @DefaultValue("32") int threads) {

    public HookProperties {
        if (!timeout.isPositive() || threads < 1) {
            throw new IllegalArgumentException("objectos.hooks: timeout and threads must be positive");
        }
    }
}
