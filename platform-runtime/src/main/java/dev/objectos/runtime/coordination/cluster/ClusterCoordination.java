package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.spi.StorageInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Coordination of this node with all others over their database. */
public final class ClusterCoordination implements Coordination {

    /** Looks for which others' interest in a store is remembered. */
    private static final int INTEREST = 3;

    private final Parts parts;
    private final Map<String, OwnCoordination> plugins = new ConcurrentHashMap<>();
    private final Rounds upkeep;

    /** What the coordination of every plugin works with. */
    record Parts(CoordinationProperties properties, Signals signals, QueueTables queues, QueueSending sending,
            LockTable locks, CoordinationMeters meters) {}

    /**
     * @param worker connections of the role that does the platform's own work
     * @param direct connections past any pool, to be told by other nodes
     */
    public ClusterCoordination(CoordinationProperties properties, DataSource worker, DataSource direct,
            MeterRegistry registry) {
        Duration interest = properties.look().multipliedBy(INTEREST);
        var signals = new Signals(worker, properties.listen() ? direct : null, interest);
        var database = new CoordinationDatabase(worker);
        var queues = new QueueTables(database);
        var meters = new CoordinationMeters(registry);
        parts = new Parts(properties, signals, queues, new QueueSending(queues, signals, properties, meters),
                new LockTable(database), meters);
        upkeep = new Rounds("objectos-coordination-upkeep", Rests.between(properties.upkeep()),
                "Queues could not be counted and cleared", this::keepUp);
    }

    /** What wakes watches after writes to the storage. */
    public StorageInterceptor changes() {
        return new EntryChangeSignals(parts.signals());
    }

    public void start() {
        parts.signals().start();
        upkeep.start();
    }

    /** Counts what waits, and removes dead messages and locks that are too old. */
    void keepUp() {
        parts.sending().count();
        parts.queues().forgetDead(parts.properties().keepDead());
        parts.locks().forget();
    }

    /** Whether other nodes are heard at the moment; else changes elsewhere are found by looking alone. */
    boolean hearsOthers() {
        return parts.signals().hearsOthers();
    }

    public void stop() {
        plugins.values().forEach(OwnCoordination::close);
        upkeep.close();
        parts.signals().close();
    }

    @Override
    public PluginCoordination of(String plugin) {
        return plugins.computeIfAbsent(plugin, id -> new OwnCoordination(id, parts));
    }

    @Override
    public PluginCoordination open(String plugin) {
        return new OwnCoordination(plugin, parts);
    }

    @Override
    public void erase(String plugin) {
        of(plugin).close();
        parts.queues().erase(plugin);
        parts.locks().erase(plugin);
    }
}
