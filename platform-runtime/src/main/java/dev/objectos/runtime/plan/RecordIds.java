package dev.objectos.runtime.plan;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes UUIDv7 ids (RFC 9562) that ascend within this node, so that an id is known before its record is written: a
 * transaction's later operations refer to it, and interceptors see it.
 */
public final class RecordIds {

    /** Room in the 12 bits after the millisecond; a fuller millisecond borrows from the next. */
    private static final int PER_MILLISECOND = 1 << 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long last;

    public RecordIds(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        long ticks = tick();
        long millisecond = ticks / PER_MILLISECOND;
        long high = millisecond << 16 | 0x7000L | ticks % PER_MILLISECOND;
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }

    private synchronized long tick() {
        last = Math.max(last + 1, clock.millis() * PER_MILLISECOND);
        return last;
    }
}
