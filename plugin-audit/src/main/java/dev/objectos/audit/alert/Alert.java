package dev.objectos.audit.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An alert that was raised.
 *
 * @param found how many entries there were within the window
 * @param people how many different people they are of
 * @param tries how often it was tried to tell everybody
 */
record Alert(UUID id, UUID tenant, String object, String event, Duration window, long found, int people,
        List<String> recipients, Instant raisedAt, int tries) {

    Alert {
        recipients = List.copyOf(recipients);
    }

    String title() {
        return found + " × " + event + " of " + object + " within " + window.toMinutes() + " minutes";
    }

    String text() {
        return title() + ", by " + (people == 1 ? "one person" : people + " people") + ", seen at " + raisedAt
                + ". The entries are at /api/audit/events.";
    }
}
