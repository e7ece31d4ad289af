package dev.objectos.runtime.coordination;

import dev.objectos.runtime.storage.KeyValueStore;
import java.time.Duration;
import java.util.Optional;

/**
 * What one plugin coordinates with: its queues, its locks, and watches. Names are its own, in all tenants together, and look
 * like namespaces of the storage: a lower-case letter, then up to 63 lower-case letters, digits, dots, dashes or underscores;
 * others are refused with {@code INVALID_REQUEST}.
 */
public interface PluginCoordination extends AutoCloseable {

    /** Receipts of a message that are not acknowledged until it is dead, where nothing else is said. */
    int ATTEMPTS = 5;

    /** A queue of its own; there from the first message on. */
    default MessageQueue queue(String name) {
        return queue(name, ATTEMPTS);
    }

    /** @param attempts of which a message is received without being acknowledged, until it is dead; 1 to 100 */
    MessageQueue queue(String name, int attempts);

    /** A queue of another plugin, to send to. Who was not admitted is refused with {@code PERMISSION_DENIED}. */
    MessageSender sender(String owner, String queue);

    /** Lets another plugin send to a queue of this one. */
    void admit(String queue, String sender);

    void dismiss(String queue, String sender);

    /**
     * Takes a lock, over all nodes, where nobody has it.
     *
     * @param time after which others may take it, unless it is renewed; 1 s to 24 hours
     */
    Optional<Lease> tryLock(String name, Duration time);

    /**
     * Takes a lock as soon as nobody has it any more.
     *
     * @param patience how long to wait; empty then
     */
    Optional<Lease> lock(String name, Duration time, Duration patience) throws InterruptedException;

    /**
     * Tells of the entries of a store whose keys begin so: first of all that there are, then of every change, whichever node
     * makes it. Within a moment as a rule, and at the latest at the next look of many seconds; of several changes of an entry
     * in between, of the last one alone. Meant for what is few: at most {@value Watch#MOST} entries.
     *
     * @param store of this plugin, or shared with it
     */
    Watch watch(KeyValueStore store, String prefix, WatchListener listener);

    /** Ends its watches, gives back its leases, and lets nobody wait any longer; all on this node. It may be used anew. */
    @Override
    void close();
}
