package dev.objectos.runtime.coordination;

import dev.objectos.runtime.storage.StoredValue;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that was never acknowledged.
 *
 * @param number it had in the queue
 * @param cause of the last attempt
 */
public record DeadMessage(long number, UUID tenant, StoredValue body, String sender, Instant sentAt, int attempts,
        String cause, Instant diedAt) {}
