package dev.objectos.runtime.resource;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginLimitExceeded;
import dev.objectos.runtime.plugin.manifest.Limits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bulkheads of all plugins, and what is done about plugins that push against theirs. */
public final class Bulkheads {

    private static final Logger LOG = LoggerFactory.getLogger(Bulkheads.class);

    private final LimitProperties properties;
    private final EventBus bus;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Bulkhead> shown = new ConcurrentHashMap<>();
    private volatile Disabling disabling = (plugin, reason) -> LOG.warn("Nobody can disable {}: {}", plugin, reason);

    public Bulkheads(LimitProperties properties, EventBus bus, MeterRegistry registry, Clock clock) {
        this.properties = properties;
        this.bus = bus;
        this.registry = registry;
        this.clock = clock;
    }

    /** Who can disable a plugin. */
    public interface Disabling {

        /** Disables a plugin until an administrator enables it again; may take its time. */
        void disable(String plugin, String reason);
    }

    public void disableThrough(Disabling how) {
        disabling = how;
    }

    /** How long a call that holds others up waits for a free thread. */
    public Duration patience() {
        return properties.patience();
    }

    /** What a plugin gets of what its manifest asks for. */
    public Limits grant(Limits asked) {
        return properties.grant(asked);
    }

    /** For an added plugin, or one version of it; not shown as that plugin's until {@link #show}. */
    public Bulkhead open(String plugin, Limits asked, ClassLoader classes) {
        return open(plugin, grant(asked), properties.policyOf(plugin), classes);
    }

    /** For code that comes with the server, which is trusted to mend itself: its violations are logged and counted. */
    public Bulkhead builtIn(String name, Limits limits) {
        Bulkhead bulkhead = open(name, limits, ViolationPolicy.WARN, null);
        show(bulkhead);
        return bulkhead;
    }

    private Bulkhead open(String plugin, Limits limits, ViolationPolicy policy, @Nullable ClassLoader classes) {
        var conduct = new Conduct(properties, policy, clock);
        return new Bulkhead(plugin, limits, new Bulkhead.Watch() {

            @Override
            public Standing standing() {
                return conduct.standing();
            }

            @Override
            public Duration left(Standing standing) {
                return standing.left(clock.instant());
            }

            @Override
            public void exceeded(Limit limit, String what) {
                LOG.warn("Plugin {} is beyond its limit {}: {}", plugin, limit.word(), what);
                conduct.violated(what).ifPresent(measure -> apply(plugin, limit, measure));
            }
        }, new PluginMeters(plugin, registry), classes);
    }

    private void apply(String plugin, Limit limit, Conduct.Measure measure) {
        LOG.error("Plugin {}: {}", plugin, measure.reason());
        bus.publish(new PluginLimitExceeded(plugin, limit.word(),
                measure.policy().name().toLowerCase(Locale.ROOT), measure.reason()));
        if (measure.policy() == ViolationPolicy.DISABLE) {
            // Disabling waits for the calls under way, and this may be one.
            Thread.ofPlatform().daemon().name("objectos-plugin-disable").start(() -> disable(plugin, measure.reason()));
        }
    }

    private void disable(String plugin, String reason) {
        try {
            disabling.disable(plugin, reason);
        } catch (RuntimeException e) {
            LOG.error("Plugin {} could not be disabled; it stays suspended", plugin, e);
        }
    }

    /** From now on this is the one that is shown for its plugin. */
    public void show(Bulkhead bulkhead) {
        if (shown.put(bulkhead.plugin(), bulkhead) == null) {
            gauge("objectos.plugin.running", bulkhead.plugin(), Bulkhead::running);
            gauge("objectos.plugin.waiting", bulkhead.plugin(), Bulkhead::waiting);
        }
    }

    /** It is its plugin's no longer, unless another has taken its place. */
    public void hide(Bulkhead bulkhead) {
        if (shown.remove(bulkhead.plugin(), bulkhead)) {
            for (String name : List.of("objectos.plugin.running", "objectos.plugin.waiting")) {
                registry.find(name).tag("plugin", bulkhead.plugin()).gauges().forEach(registry::remove);
            }
        }
    }

    /** What an added plugin that takes part is granted. */
    public Optional<Limits> granted(String plugin) {
        return Optional.ofNullable(shown.get(plugin)).map(Bulkhead::limits);
    }

    private void gauge(String name, String plugin, ToIntFunction<Bulkhead> value) {
        Gauge.builder(name, this, bulkheads -> {
            Bulkhead current = bulkheads.shown.get(plugin);
            return current == null ? 0 : value.applyAsInt(current);
        }).tag("plugin", plugin).register(registry);
    }

    /** What is done about a plugin at the moment, for people; empty where nothing is. */
    public String reason(String plugin) {
        Bulkhead current = shown.get(plugin);
        return current == null ? "" : current.standing().reason();
    }
}
