package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.health.Restarts;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How added plugins are kept running.
 *
 * @param safe whether to leave out all of them
 * @param restarts of those that fail
 * @param later does what cannot be done at once; discards what comes after its end
 */
public record PresenceOptions(boolean safe, Restarts restarts, ScheduledExecutorService later) {}
