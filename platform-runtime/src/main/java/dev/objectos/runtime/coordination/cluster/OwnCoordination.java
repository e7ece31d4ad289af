package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.Lease;
import dev.objectos.runtime.coordination.MessageQueue;
import dev.objectos.runtime.coordination.MessageSender;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.coordination.Watch;
import dev.objectos.runtime.coordination.WatchListener;
import dev.objectos.runtime.coordination.cluster.ClusterCoordination.Parts;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StorageNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one plugin coordinates with, on this node; it cannot be anybody else through it. */
final class OwnCoordination implements PluginCoordination {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCoordination.class);

    private static final int MOST_ATTEMPTS = 100;
    private static final String TIME = "The time of a lock";

    private final String plugin;
    private final Parts parts;
    private final Waiting waiting;
    private final Set<HeldLease> leases = ConcurrentHashMap.newKeySet();
    private final Set<EntryWatch> watches = ConcurrentHashMap.newKeySet();

    OwnCoordination(String plugin, Parts parts) {
        this.plugin = plugin;
        this.parts = parts;
        waiting = new Waiting(parts.signals(), parts.properties().poll());
    }

    private QueueName own(String queue) {
        return new QueueName(plugin, StorageNames.namespace(queue));
    }

    @Override
    public MessageQueue queue(String name, int attempts) {
        return new StoredQueue(own(name), Checks.within(attempts, MOST_ATTEMPTS, "attempts"), parts.sending(),
                parts.queues(), waiting, parts.meters());
    }

    @Override
    public MessageSender sender(String owner, String queue) {
        var name = new QueueName(owner, StorageNames.namespace(queue));
        return (messages, delay) -> {
            parts.sending().admit(name, plugin);
            return parts.sending().send(name, plugin, messages, delay);
        };
    }

    @Override
    public void admit(String queue, String sender) {
        if (sender.equals(plugin) || sender.isBlank()) {
            throw Checks.invalid("Another plugin is admitted to a queue; its owner needs no admission");
        }
        parts.queues().admit(own(queue), sender);
    }

    @Override
    public void dismiss(String queue, String sender) {
        parts.queues().dismiss(own(queue), sender);
    }

    private String lockTopic(String name) {
        return "lock/" + plugin + "/" + name;
    }

    @Override
    public Optional<Lease> tryLock(String name, Duration time) {
        StorageNames.namespace(name);
        Checks.held(time, TIME);
        long until = System.nanoTime() + time.toNanos();
        OptionalLong token = parts.locks().take(plugin, name, time);
        parts.meters().asked(plugin, token.isPresent());
        if (token.isEmpty()) {
            return Optional.empty();
        }
        var lease = new HeldLease(parts.locks(), plugin, name, token.getAsLong(), until, this::given);
        leases.add(lease);
        return Optional.of(lease);
    }

    private void given(HeldLease lease) {
        leases.remove(lease);
        parts.signals().raise(lockTopic(lease.name()));
    }

    @Override
    public Optional<Lease> lock(String name, Duration time, Duration patience) throws InterruptedException {
        return waiting.until(lockTopic(name), patience, () -> tryLock(name, time), Optional::isPresent);
    }

    @Override
    public Watch watch(KeyValueStore store, String prefix, WatchListener listener) {
        var watch = new EntryWatch(store, prefix, listener, parts.signals(), parts.properties().look(),
                watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public void close() {
        waiting.end();
        List.copyOf(watches).forEach(EntryWatch::close);
        List.copyOf(leases).forEach(OwnCoordination::giveBack);
    }

    /** One that cannot be given back is free when its time is up. */
    private static void giveBack(HeldLease lease) {
        try {
            lease.close();
        } catch (RuntimeException e) {
            LOG.warn("The lock {} could not be given back; it is free when its time is up", lease.name(), e);
        }
    }
}
