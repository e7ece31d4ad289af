package dev.objectos.runtime.resource;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that a plugin may have at once, and those who wait for one of them. */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final int queue;
    // What follows is guarded by the lock.
    private int allowed;
    private int running;
    private int waiting;

    /** @param queue how many may wait */
    Slots(int allowed, int queue) {
        this.allowed = allowed;
        this.queue = queue;
    }

    /** How it went to ask for a slot. */
    enum Admission {
        ADMITTED,
        /** Too many wait already. */
        QUEUE_FULL,
        /** None has become free in time. */
        NONE_FREE
    }

    /** Takes a slot; whoever is admitted must {@link #leave}. */
    Admission enter(long patienceNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (running < allowed) {
                running++;
                return Admission.ADMITTED;
            }
            if (waiting >= queue) {
                return Admission.QUEUE_FULL;
            }
            return await(patienceNanos);
        } finally {
            lock.unlock();
        }
    }

    private Admission await(long patienceNanos) throws InterruptedException {
        long left = patienceNanos;
        waiting++;
        try {
            while (running >= allowed) {
                if (left <= 0) {
                    return Admission.NONE_FREE;
                }
                left = freed.awaitNanos(left);
            }
        } finally {
            waiting--;
        }
        running++;
        return Admission.ADMITTED;
    }

    void leave() {
        lock.lock();
        try {
            running--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** From now on so many; those who are in stay in. */
    void allow(int number) {
        lock.lock();
        try {
            if (allowed != number) {
                allowed = number;
                freed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
