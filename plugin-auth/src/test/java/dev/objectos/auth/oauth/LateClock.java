package dev.objectos.auth.oauth;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is set by another one later on. */
final class LateClock extends Clock {

    private volatile Clock clock = Clock.systemUTC();

    void is(Clock other) {
        clock = other;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }
}
