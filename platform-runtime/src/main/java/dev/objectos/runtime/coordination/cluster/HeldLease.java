package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.Lease;
import java.time.Duration;
import java.util.function.Consumer;

/** A lock as its holder has it; its time is counted from before it was asked for, so it never seems longer than it is. */
final class HeldLease implements Lease {

    private final LockTable locks;
    private final String owner;
    private final String name;
    private final long token;
    private final Consumer<HeldLease> given;
    private volatile long until;
    private volatile boolean closed;

    /**
     * @param until by {@link System#nanoTime}
     * @param given is told once it is given back
     */
    HeldLease(LockTable locks, String owner, String name, long token, long until, Consumer<HeldLease> given) {
        this.locks = locks;
        this.owner = owner;
        this.name = name;
        this.token = token;
        this.until = until;
        this.given = given;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long fencingToken() {
        return token;
    }

    @Override
    public Duration remaining() {
        return closed ? Duration.ZERO : Duration.ofNanos(until - System.nanoTime());
    }

    @Override
    public synchronized boolean renew(Duration time) {
        Checks.held(time, "The time of a lock");
        long end = System.nanoTime() + time.toNanos();
        if (closed || !locks.renew(owner, name, token, time)) {
            until = System.nanoTime();
            return false;
        }
        until = end;
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            locks.giveBack(owner, name, token);
        } finally {
            given.accept(this);
        }
    }
}
