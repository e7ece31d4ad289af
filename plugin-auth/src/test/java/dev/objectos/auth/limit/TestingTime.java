package dev.objectos.auth.limit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A time that a test sets. */
final class TestingTime implements TimeMeter {

    private long nanos = 1;

    void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
