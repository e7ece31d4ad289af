package dev.objectos.runtime.health;

import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.BusSubscription;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.spi.Plugins;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/**
 * Numbers about the bus and the plugins: {@code objectos.bus.*}, {@code objectos.plugins} by state, and
 * {@code objectos.plugins.changes} by the state that was reached.
 */
public final class KernelMeters implements AutoCloseable {

    private static final List<String> STATES = List.of("installed", "awaiting_approval", "waiting", "loaded", "enabled",
            "restarting", "disabled", "failed");

    private final BusSubscription changes;

    public KernelMeters(Plugins plugins, EventBus bus, MeterRegistry registry) {
        for (String state : STATES) {
            Gauge.builder("objectos.plugins", plugins, all -> count(all, state)).tag("state", state)
                    .strongReference(true).register(registry);
        }
        FunctionCounter.builder("objectos.bus.published", bus, each -> each.statistics().published())
                .register(registry);
        FunctionCounter.builder("objectos.bus.dropped", bus, each -> each.statistics().dropped()).register(registry);
        Gauge.builder("objectos.bus.waiting", bus, each -> each.statistics().waiting()).register(registry);
        Gauge.builder("objectos.bus.subscriptions", bus, each -> each.statistics().subscriptions())
                .register(registry);
        changes = bus.subscribe(PluginStateChanged.class, BusOptions.DEFAULT,
                change -> registry.counter("objectos.plugins.changes", "to", change.to().toLowerCase(Locale.ROOT))
                        .increment());
    }

    private static long count(Plugins plugins, String state) {
        return plugins.summaries().stream().filter(plugin -> plugin.state().equalsIgnoreCase(state)).count();
    }

    @Override
    public void close() {
        changes.close();
    }
}
