package dev.objectos.runtime.coordination;

import java.time.Duration;
import java.util.List;

/**
 * A queue of a plugin: each message goes to one receiver, at least once, the oldest first as a rule, on whichever node asks.
 * Whoever receives one has it to himself for a while, and acknowledges it within; else it is received again, by anybody. One
 * that is never acknowledged is dead after some attempts, and kept apart.
 */
public interface MessageQueue extends MessageSender {

    /**
     * What there is at the moment, at most that many.
     *
     * @param visibility for how long nobody else receives it; 1 s to 24 hours
     */
    List<ReceivedMessage> receive(int most, Duration visibility);

    /**
     * The same, and waits for the first message where there is none.
     *
     * @param patience how long; nothing then, or when its plugin's coordination is closed
     */
    List<ReceivedMessage> receive(int most, Duration visibility, Duration patience) throws InterruptedException;

    QueueDepth depth();

    /**
     * Dead messages, the oldest first.
     *
     * @param after the number of the last one of the page before; 0: from the beginning
     * @param limit 1 to {@link #MAXIMUM}
     */
    List<DeadMessage> dead(long after, int limit);

    /** Puts a dead message back, with all its attempts. @return whether there was one of that number */
    boolean revive(long number);

    /** Deletes a dead message. @return whether there was one of that number */
    boolean discard(long number);
}
