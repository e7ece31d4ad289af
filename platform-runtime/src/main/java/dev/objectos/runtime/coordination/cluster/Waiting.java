package dev.objectos.runtime.coordination.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Those of one plugin who wait on this node; they look again when they are woken, and now and then without. */
final class Waiting {

    private final Signals signals;
    private final Duration poll;
    private final Set<Signals.Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile int closings;

    Waiting(Signals signals, Duration poll) {
        this.signals = signals;
        this.poll = poll;
    }

    /** Tries until it is good or the patience is at an end. @return the last try */
    <T> T until(String topic, Duration patience, Supplier<T> attempt, Predicate<T> good) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int closingsBefore = closings;
        try (Signals.Waiter waiter = signals.waiter(topic)) {
            waiters.add(waiter);
            try {
                while (true) {
                    T result = attempt.get();
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    if (good.test(result) || !left.isPositive() || closings != closingsBefore) {
                        return result;
                    }
                    waiter.await(left.compareTo(poll) < 0 ? left : poll);
                }
            } finally {
                waiters.remove(waiter);
            }
        }
    }

    /** Lets nobody wait any longer who waits now. */
    synchronized void end() {
        closings++;
        waiters.forEach(Signals.Waiter::wake);
    }
}
