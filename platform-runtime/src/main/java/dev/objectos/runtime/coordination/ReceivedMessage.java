package dev.objectos.runtime.coordination;

import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A message that its receiver has to himself until its time is up; then all methods do nothing and answer false. */
public interface ReceivedMessage {

    /** Grows with the messages of a queue; also what to recognise one by that comes again. */
    long number();

    UUID tenant();

    StoredValue body();

    /** The plugin that sent it. */
    String sender();

    Instant sentAt();

    /** How often it was received, this time included. */
    int attempt();

    /** It is done with and deleted. @return whether it was still this receiver's */
    boolean acknowledge();

    /** Keeps it for that long from now on; 1 s to 24 hours. @return whether it was still this receiver's */
    boolean extend(Duration visibility);

    /**
     * Gives it back to be received again, or to be dead after the last attempt.
     *
     * @param delay before it can be received; at most a year
     * @param reason kept with it
     * @return whether it was still this receiver's
     */
    boolean giveBack(Duration delay, String reason);
}
