package dev.objectos.runtime.event;

import java.time.Instant;

/**
 * An event that a subscriber could not be told of in all its tries.
 *
 * @param id of the letter
 * @param subscriber who was not told
 * @param event what it was; its attempt is the last one
 * @param cause what went wrong the last time, for people
 * @param diedAt when it was given up
 */
public record DeadLetter(long id, String subscriber, RecordEvent event, String cause, Instant diedAt) {}
