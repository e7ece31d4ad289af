package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.RecordEvent;
import java.util.List;
import java.util.UUID;

/**
 * Events of one record that this node alone delivers to one subscriber, until the claim ends.
 *
 * @param claim tells this claim from a later one of the same lane
 * @param events oldest first
 * @param endNanos {@link System#nanoTime} at which the claim has surely not ended yet
 */
record ClaimedLane(long id, UUID claim, List<RecordEvent> events, long endNanos) {

    ClaimedLane {
        events = List.copyOf(events);
    }
}
