package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.Watch;
import dev.objectos.runtime.coordination.WatchListener;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredPage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is there with what it has told, whenever it is woken and now and then without: the entries are the truth,
 * whoever changes them, and a notice that is lost costs time alone.
 */
final class EntryWatch implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(EntryWatch.class);

    private final KeyValueStore store;
    private final String prefix;
    private final WatchListener listener;
    private final Signals signals;
    private final Duration look;
    private final Consumer<EntryWatch> ended;
    private final Map<String, Long> told = new TreeMap<>(StorageNames.ORDER);
    private final Signals.Waiter waiter;
    private final Thread thread;
    private volatile boolean closed;

    /** @param ended is told when it is closed */
    EntryWatch(KeyValueStore store, String prefix, WatchListener listener, Signals signals, Duration look,
            Consumer<EntryWatch> ended) {
        this.store = store;
        this.prefix = StorageNames.prefix(prefix);
        this.listener = listener;
        this.signals = signals;
        this.look = look;
        this.ended = ended;
        waiter = signals.waiter(topic(store.address()));
        thread = Thread.ofVirtual().name("objectos-watch-" + store.address().namespace()).unstarted(this::run);
    }

    static String topic(StoreAddress store) {
        return "entry/" + store.owner() + "/" + store.namespace() + "/" + store.tenant();
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                // First, so that whoever changes something while this one looks says so.
                signals.want(topic(store.address()));
                look();
                if (!closed) {
                    waiter.await(look);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Set<String> found = new HashSet<>();
            String cursor = null;
            do {
                StoredPage page = store.scan(prefix, cursor, KeyValueStore.MAXIMUM);
                page.entries().forEach(entry -> {
                    found.add(entry.key());
                    present(entry);
                });
                cursor = page.cursor();
            } while (cursor != null && found.size() < MOST);
            String last = cursor;
            List<String> gone = told.keySet().stream().filter(key -> !found.contains(key) && isSeen(key, last))
                    .toList();
            gone.forEach(this::absent);
        } catch (RuntimeException e) {
            LOG.warn("The entries {}* of {} cannot be watched at the moment; it is tried again", prefix,
                    store.address(), e);
        }
    }

    /** Whether a look that has ended there would have found it. */
    private static boolean isSeen(String key, @Nullable String last) {
        return last == null || StorageNames.ORDER.compare(key, last) <= 0;
    }

    private void present(StoredEntry entry) {
        Long before = told.get(entry.key());
        if (!closed && (before == null || before != entry.revision())
                && tell(entry.key(), () -> listener.present(entry))) {
            told.put(entry.key(), entry.revision());
        }
    }

    private void absent(String key) {
        if (!closed && tell(key, () -> listener.absent(key))) {
            told.remove(key);
        }
    }

    private boolean tell(String key, Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("A listener has failed about {} of {}; it is told again at the next look", key, store.address(),
                    e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        waiter.wake();
        waiter.close();
        ended.accept(this);
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
