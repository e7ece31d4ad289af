package dev.objectos.runtime.coordination;

/**
 * How many messages there are.
 *
 * @param waiting to be received, now or later
 * @param received and not acknowledged yet
 * @param dead kept apart
 */
public record QueueDepth(long waiting, long received, long dead) {}
