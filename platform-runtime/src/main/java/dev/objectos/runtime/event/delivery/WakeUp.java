package dev.objectos.runtime.event.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A signal for one waiting thread; however often it is given, it wakes once. */
final class WakeUp {

    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile @Nullable Thread waiting;

    void signal() {
        if (!signalled.get() && !signalled.getAndSet(true)) {
            LockSupport.unpark(waiting);
        }
    }

    /** Waits for a signal since the last call, at most for so long. */
    void await(long nanos) {
        waiting = Thread.currentThread();
        long end = System.nanoTime() + nanos;
        while (!signalled.get()) {
            long left = end - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        signalled.set(false);
    }
}
