package dev.objectos.runtime.resource;

import dev.objectos.runtime.plugin.manifest.Limits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What no added plugin gets more of, whatever its manifest asks for, and what is done about those who exceed what they have
 * ({@code objectos.plugins.limits}).
 *
 * @param concurrency threads of one plugin
 * @param handlerTime of one call
 * @param queue calls that may wait for one plugin
 * @param storage bytes that one plugin may keep in a tenant
 * @param databaseTime of one statement
 * @param patience how long a call that holds others up, such as a hook's, waits for a free thread
 * @param onViolation what is done about a plugin that exceeds its limits
 * @param violations so many of them are too many
 * @param window within this time
 * @param pause how long a plugin is throttled or suspended
 * @param policies departures for single plugins, by id
 */
@ConfigurationProperties("objectos.plugins.limits")
public record LimitProperties(@DefaultValue("64") int concurrency, @DefaultValue("1m") Duration handlerTime,
        @DefaultValue("10000") int queue, @DefaultValue("10GB") DataSize storage,
        @DefaultValue("30s") Duration databaseTime, @DefaultValue("250ms") Duration patience,
        @DefaultValue("suspend") ViolationPolicy onViolation, @DefaultValue("5") int violations,
        @DefaultValue("1m") Duration window, @DefaultValue("30s") Duration pause,
        @DefaultValue Map<String, ViolationPolicy> policies) {

    public LimitProperties {
        policies = Map.copyOf(policies);
        if (concurrency < 1 || queue < 1 || violations < 1 || storage.toBytes() < 1 || !handlerTime.isPositive()
                || !databaseTime.isPositive() || !window.isPositive() || !pause.isPositive()
                || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "objectos.plugins.limits: everything must be positive, but for patience, which may be zero");
        }
    }

    /** What a plugin gets of what its manifest asks for. */
    public Limits grant(Limits asked) {
        return new Limits(Math.min(asked.concurrency(), concurrency), shorter(asked.handlerTime(), handlerTime),
                Math.min(asked.queue(), queue), Math.min(asked.storage(), storage.toBytes()),
                shorter(asked.databaseTime(), databaseTime));
    }

    ViolationPolicy policyOf(String plugin) {
        return policies.getOrDefault(plugin, onViolation);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
