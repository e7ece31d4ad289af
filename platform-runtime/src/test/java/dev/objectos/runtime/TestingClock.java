package dev.objectos.runtime;

import dev.objectos.runtime.health.Delays;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that only tests move, with work that waits for it. */
public final class TestingClock extends Clock implements Delays {

    private final List<Due> waiting = new CopyOnWriteArrayList<>();
    private volatile Instant now;

    private record Due(Instant at, Runnable work) {}

    public TestingClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public TestingClock(Instant now) {
        this.now = now;
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        var due = new Due(now.plus(delay), work);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    /** Moves on, and does what is due on the way. */
    public synchronized void advance(Duration time) {
        Instant end = now.plus(time);
        Optional<Due> next = next(end);
        while (next.isPresent()) {
            waiting.remove(next.get());
            now = next.get().at();
            next.get().work().run();
            next = next(end);
        }
        now = end;
    }

    private Optional<Due> next(Instant end) {
        return waiting.stream().filter(due -> !due.at().isAfter(end)).min(Comparator.comparing(Due::at));
    }

    /** How much work waits. */
    public int waiting() {
        return waiting.size();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
