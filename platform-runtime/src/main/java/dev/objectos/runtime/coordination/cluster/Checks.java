package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.Duration;

/** What names, times and numbers callers may give. */
final class Checks {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(366);

    private Checks() {}

    /** @param what is to be held, such as "The time of a lock" */
    static Duration held(Duration time, String what) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw invalid(what + " must be between one second and 24 hours, and is " + time);
        }
        return time;
    }

    static Duration delay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw invalid("A message waits between no time and a year before it can be received, not " + delay);
        }
        return delay;
    }

    static int within(int number, int most, String what) {
        if (number < 1 || number > most) {
            throw invalid(what + " must be between 1 and " + most + ", and is " + number);
        }
        return number;
    }

    static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
