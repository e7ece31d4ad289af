package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.background.Ending;
import dev.objectos.runtime.database.NoticeListener;
import dev.objectos.runtime.database.Retries;
import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.HealthChanged;
import dev.objectos.runtime.event.PlatformEvent;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.service.ServiceOffered;
import dev.objectos.runtime.spi.HealthStatus;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of what concerns added plugins: decisions on other nodes, services that appear, probes that are down. Other nodes tell
 * each other; what they miss is found by asking the database every second.
 */
public final class PluginWatch implements NoticeListener.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

    private static final String CHANNEL = "objectos_plugins";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final String node = UUID.randomUUID().toString();
    private final PluginPresence presence;
    private final PluginDatabase database;
    private final EventBus bus;
    private final ScheduledExecutorService executor;
    private final NoticeListener listener;
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Retries retries = new Retries(LOG, "What was decided about plugins could not be done here");

    /** @param options whose executor does the work, and is shut down at the end */
    public PluginWatch(PluginPresence presence, PluginDatabase database, EventBus bus, PresenceOptions options) {
        this.presence = presence;
        this.database = database;
        this.bus = bus.branch();
        this.executor = options.later();
        this.listener = new NoticeListener(database.direct(), CHANNEL, "objectos-plugins-listen", this);
    }

    public void start() {
        bus.subscribe("plugin.*", BusOptions.DEFAULT, this::changed);
        bus.subscribe(ServiceOffered.class, _ -> later(presence::awaken));
        bus.subscribe(HealthChanged.class, this::healthChanged);
        listener.listen();
        var _ = executor.scheduleWithFixedDelay(() -> retries.attempt(presence::follow), BETWEEN_LOOKS.toMillis(),
                BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void healthChanged(HealthChanged change) {
        if (change.to().equals(HealthStatus.DOWN.name())) {
            later(() -> presence.failed(change.owner(), change.probe() + " is down: " + change.message()));
        }
    }

    /** Several steps of one decision are told together. */
    private void changed(PlatformEvent event) {
        if (event instanceof PluginStateChanged && telling.compareAndSet(false, true)) {
            later(() -> {
                telling.set(false);
                database.tell(CHANNEL, node);
            });
        }
    }

    @Override
    public void listening() {
        later(presence::follow);
    }

    @Override
    public void notice(String payload) {
        if (!node.equals(payload)) {
            later(presence::follow);
        }
    }

    private void later(Runnable work) {
        executor.execute(() -> retries.attempt(work));
    }

    public void stop() {
        listener.close();
        bus.close();
        Ending.of(executor, BETWEEN_LOOKS.multipliedBy(10));
    }
}
