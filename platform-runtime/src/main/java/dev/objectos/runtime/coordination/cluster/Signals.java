package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.database.GatheringSender;
import dev.objectos.runtime.database.NoticeListener;
import dev.objectos.runtime.database.NoticeSender;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Wakes those who wait for a topic, on this node at once and on others a moment later. Nobody relies on it: what it misses is
 * found by looking again.
 */
final class Signals implements NoticeListener.Hearer, AutoCloseable {

    private static final String CHANNEL = "objectos_coordination";

    /** Said of a topic that somebody waits for. */
    private static final String INTEREST = "?";
    private static final String EVERYTHING = "*";

    private final String node = UUID.randomUUID().toString();
    private final NoticeSender notices;
    private final Duration interest;
    private final @Nullable NoticeListener listener;
    private final GatheringSender<String> sender = new GatheringSender<>("objectos-coordination-notices", this::send,
            Signals::fewer);
    private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final Map<String, Long> wantedElsewhere = new ConcurrentHashMap<>();
    private volatile boolean hearing;

    /**
     * @param worker connections to tell other nodes
     * @param direct connections past any pool, to be told; null: nodes do not tell each other
     * @param interest for how long others' interest in a topic is remembered
     */
    Signals(DataSource worker, @Nullable DataSource direct, Duration interest) {
        notices = new NoticeSender(worker, CHANNEL);
        this.interest = interest;
        listener = direct == null
                ? null
                : new NoticeListener(direct, CHANNEL, "objectos-coordination-listen", this);
    }

    void start() {
        if (listener != null) {
            listener.listen();
            sender.start();
        }
    }

    /** Is woken from now on, until it is closed. */
    Waiter waiter(String topic) {
        var waiter = new Waiter(topic);
        waiters.compute(topic, (_, others) -> {
            Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    private void remove(Waiter waiter) {
        waiters.computeIfPresent(waiter.topic(), (_, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    /** Wakes all who wait for that, on all nodes. */
    void raise(String topic) {
        wake(topic);
        say(topic);
    }

    /** The same; other nodes hear of it only where one has said lately that it is interested. */
    void raiseWhereWanted(String topic) {
        wake(topic);
        Long until = wantedElsewhere.get(topic);
        if (until != null) {
            if (System.nanoTime() - until < 0) {
                say(topic);
            } else {
                wantedElsewhere.remove(topic, until);
            }
        }
    }

    /** Tells the other nodes that somebody here waits for that. */
    void want(String topic) {
        say(INTEREST + topic);
    }

    private void say(String what) {
        if (listener != null) {
            sender.say(what);
        }
    }

    private void wake(String topic) {
        waiters.getOrDefault(topic, Set.of()).forEach(Waiter::wake);
    }

    private void wakeAll() {
        waiters.values().forEach(all -> all.forEach(Waiter::wake));
    }

    private boolean send(List<String> topics) {
        return notices.send(topics.stream().map(topic -> node + " " + topic).toList());
    }

    private static Collection<String> fewer(Collection<String> topics) {
        List<String> interests = topics.stream().filter(topic -> topic.startsWith(INTEREST))
                .limit(GatheringSender.MOST / 2).toList();
        return Stream.concat(Stream.of(EVERYTHING), interests.stream()).toList();
    }

    /** There may be what was said while nobody listened. */
    @Override
    public void listening() {
        hearing = true;
        wakeAll();
    }

    @Override
    public void lost() {
        hearing = false;
    }

    /** Whether other nodes are heard at the moment. */
    boolean hearsOthers() {
        return hearing;
    }

    @Override
    public void notice(String payload) {
        String topic = payload.substring(payload.indexOf(' ') + 1);
        if (payload.startsWith(node)) {
            return;
        }
        if (topic.startsWith(INTEREST)) {
            wantedElsewhere.put(topic.substring(INTEREST.length()), System.nanoTime() + interest.toNanos());
        } else if (topic.equals(EVERYTHING)) {
            wakeAll();
        } else {
            wake(topic);
        }
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
            sender.close();
        }
    }

    /** Somebody who waits for a topic. */
    final class Waiter implements AutoCloseable {

        private final String topic;
        private boolean woken;

        private Waiter(String topic) {
            this.topic = topic;
        }

        private String topic() {
            return topic;
        }

        synchronized void wake() {
            woken = true;
            notifyAll();
        }

        /** Waits until it is woken, or was since the last time, or the time is up. */
        synchronized void await(Duration time) throws InterruptedException {
            long end = System.nanoTime() + time.toNanos();
            long left = time.toNanos();
            while (!woken && left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = end - System.nanoTime();
            }
            woken = false;
        }

        @Override
        public void close() {
            remove(this);
        }
    }
}
