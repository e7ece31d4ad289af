package dev.objectos.runtime.storage.keyvalue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A time that work must not exceed: then its thread is interrupted. The work stays on the caller's thread, with the session
 * that is bound there.
 */
final class TimeBudget {

    /** How much too late an interruption may be. */
    private static final Duration PRECISION = Duration.ofMillis(20);

    private static final Set<Alarm> ALARMS = ConcurrentHashMap.newKeySet();
    private static final Thread WATCH = Thread.ofPlatform().daemon().name("objectos-storage-budget")
            .start(TimeBudget::watch);
    private static volatile boolean resting;

    private final Duration time;

    TimeBudget(Duration time) {
        this.time = time;
    }

    Duration time() {
        return time;
    }

    /** @return whether it ended in time; what it throws in time is thrown */
    boolean run(Runnable work) {
        var alarm = new Alarm(Thread.currentThread(), System.nanoTime() + time.toNanos());
        ALARMS.add(alarm);
        if (resting) {
            LockSupport.unpark(WATCH);
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            if (alarm.disarm()) {
                return false;
            }
            throw e;
        } finally {
            alarm.disarm();
            ALARMS.remove(alarm);
        }
        return !alarm.disarm();
    }

    private static void watch() {
        while (true) {
            if (ALARMS.isEmpty()) {
                resting = true;
                if (ALARMS.isEmpty()) {
                    LockSupport.park(ALARMS);
                }
                resting = false;
            } else {
                long now = System.nanoTime();
                ALARMS.forEach(alarm -> alarm.ringIfDue(now));
                LockSupport.parkNanos(ALARMS, PRECISION.toNanos());
            }
        }
    }

    /** Interrupts a thread once, unless it is disarmed before. */
    private static final class Alarm {

        private final Thread thread;
        private final long due;
        private boolean armed = true;
        private boolean rung;

        /** @param due by {@link System#nanoTime} */
        Alarm(Thread thread, long due) {
            this.thread = thread;
            this.due = due;
        }

        synchronized void ringIfDue(long now) {
            if (armed && !rung && now - due >= 0) {
                rung = true;
                thread.interrupt();
            }
        }

        /** @return whether it had rung; what that leaves behind is gone then */
        synchronized boolean disarm() {
            if (armed && rung) {
                // What follows must not be interrupted for what is over.
                Thread.interrupted();
            }
            armed = false;
            return rung;
        }
    }
}
