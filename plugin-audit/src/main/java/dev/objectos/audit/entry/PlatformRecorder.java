package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.ConfigurationChanged;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.Initiator;
import dev.objectos.runtime.event.MetadataPublished;
import dev.objectos.runtime.event.PlatformEvent;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.event.Subscription;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Writes down what happens to the server as a whole: its metadata, plugins and settings. */
public final class PlatformRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformRecorder.class);

    private final EntryStore entries;
    private final Retention retention;
    private final Clock clock;
    private final List<Subscription> subscriptions;

    public PlatformRecorder(EntryStore entries, Retention retention, EventBus bus, Clock clock) {
        this.entries = entries;
        this.retention = retention;
        this.clock = clock;
        this.subscriptions = List.of(
                bus.subscribe(MetadataPublished.class, BusOptions.DEFAULT, this::metadata),
                bus.subscribe(PluginStateChanged.class, BusOptions.DEFAULT, this::plugin),
                bus.subscribe(ConfigurationChanged.class, BusOptions.DEFAULT, event -> add(event, "configuration", null,
                        Map.of("applied", event.applied(), "waiting", event.waiting()))));
    }

    /** Edits have entries of their own, which say more. */
    private void metadata(MetadataPublished event) {
        if (!event.edited()) {
            add(event, "metadata", event.by(), Map.of("catalog", event.version()));
        }
    }

    private void plugin(PluginStateChanged event) {
        add(event, "plugin", event.by(),
                Map.of("plugin", event.id(), "version", event.version(), "from", event.from(), "to",
                        event.to()));
    }

    /** It concerns all tenants, so it is of none, wherever whoever did it was at work. */
    private void add(PlatformEvent event, String object, @Nullable Initiator by, Map<String, ?> details) {
        var told = new LinkedHashMap<String, Object>(details);
        if (by != null) {
            told.put("tenant", by.tenant());
        }
        try {
            entries.add(new NewEntry(clock.instant(), event.name(), object, null, by == null ? null : by.user(),
                    by == null ? null : by.impersonator(), null, by == null ? null : by.place().ipAddress(),
                    by == null ? null : by.place().userAgent(), by == null ? null : by.place().requestId(),
                    by == null || by.user() == null ? "system" : "rest", told), retention.days(null));
        } catch (DataAccessException e) {
            LOG.error("{} is missing from the audit trail: {}", event.name(), e.toString());
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }
}
