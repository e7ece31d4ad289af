package dev.objectos.runtime.coordination;

import java.time.Duration;
import java.util.List;

/**
 * Sends to a queue. Messages are durable when a call returns, and sent outside of any transaction of the caller. Refusals are
 * {@link dev.objectos.runtime.PlatformException}s: {@code PAYLOAD_TOO_LARGE} for a body, {@code QUOTA_EXCEEDED} where more
 * wait in the queue than may.
 */
public interface MessageSender {

    /** Messages that are sent together, and received together, at most. */
    int MAXIMUM = 1_000;

    /** @return the message's number */
    default long send(Message message) {
        return send(message, Duration.ZERO);
    }

    /** @param delay before it can be received; at most a year */
    default long send(Message message, Duration delay) {
        return sendAll(List.of(message), delay).getFirst();
    }

    /** Sends all or none. @return their numbers, in the same order */
    List<Long> sendAll(List<Message> messages, Duration delay);
}
