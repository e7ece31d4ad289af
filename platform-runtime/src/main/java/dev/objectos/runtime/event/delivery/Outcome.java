package dev.objectos.runtime.event.delivery;

import java.time.Duration;
import java.util.List;

/**
 * What has become of a claimed lane.
 *
 * @param delivered ids of the events that are done with
 * @param end how it went on after these
 */
record Outcome(ClaimedLane lane, List<Long> delivered, End end) {

    Outcome {
        delivered = List.copyOf(delivered);
    }

    /** Why a lane is given back. */
    sealed interface End {}

    /** Nothing went wrong; whatever waits still may be claimed at once. */
    record Through() implements End {}

    /**
     * The next event was not begun.
     *
     * @param failures earlier tries of it
     */
    record Untried(long event, int failures) implements End {}

    /** The next event has failed and is tried again. */
    record Retry(long event, int tries, Duration delay) implements End {}

    /** The next event has failed for the last time. */
    record Dead(long event, int tries, String cause) implements End {}
}
