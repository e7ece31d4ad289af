package dev.objectos.runtime.resource;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginLimitExceeded;
import dev.objectos.runtime.plugin.manifest.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Bulkheads with a clock that stands still until it is moved, and what comes of them. */
public final class TestingLimits implements AutoCloseable {

    private final EventBus bus = new EventBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<PluginLimitExceeded> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> disabled = new LinkedBlockingQueue<>();
    private final Bulkheads bulkheads;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings of {@code objectos.plugins.limits}, names and values in turn. */
    public TestingLimits(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("objectos.plugins.limits." + namesAndValues[i], namesAndValues[i + 1]);
        }
        LimitProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("objectos.plugins.limits", LimitProperties.class);
        InstantSource clock = () -> now;
        bulkheads = new Bulkheads(properties, bus, meters, clock.withZone(ZoneOffset.UTC));
        bulkheads.disableThrough((plugin, reason) -> disabled.add(plugin + ": " + reason));
        bus.subscribe(PluginLimitExceeded.class, told::add);
    }

    public Bulkheads bulkheads() {
        return bulkheads;
    }

    /** Of the plugin acme, with so many threads and so much time for a call. */
    public Bulkhead bulkhead(int concurrency, Duration handlerTime) {
        Bulkhead bulkhead = bulkheads.open("acme", new Limits(concurrency, handlerTime, 2, 1 << 20,
                Duration.ofSeconds(1)), TestingLimits.class.getClassLoader());
        bulkheads.show(bulkhead);
        return bulkhead;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    BlockingQueue<PluginLimitExceeded> told() {
        return told;
    }

    BlockingQueue<String> disabled() {
        return disabled;
    }

    @Override
    public void close() {
        bus.close();
    }
}
