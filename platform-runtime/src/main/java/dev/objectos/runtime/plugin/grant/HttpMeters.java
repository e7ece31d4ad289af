package dev.objectos.runtime.plugin.grant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Measures the requests that a plugin sends: {@code objectos.plugin.http} by {@code plugin} and {@code outcome} ({@code 2xx} to
 * {@code 5xx}, {@code refused}, {@code timeout}, {@code failed}).
 */
record HttpMeters(String plugin, MeterRegistry registry) {

    void sent(String outcome, long nanos) {
        Timer.builder("objectos.plugin.http").tag("plugin", plugin).tag("outcome", outcome)
                .description("Requests that the plugin's code has sent").register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
