package dev.objectos.runtime.event;

/**
 * A committed change as a durable subscriber hears of it.
 *
 * @param id the same whenever this event is delivered again, and unique in the database: what an effect outside of it is made
 *        idempotent with; greater than the ids of all earlier events of the same record
 * @param change what happened
 * @param attempt which try this is, from 1
 */
public record RecordEvent(long id, RecordChange change, int attempt) {}
