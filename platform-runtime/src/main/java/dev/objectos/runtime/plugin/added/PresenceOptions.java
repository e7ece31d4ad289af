package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.health.Restarts;
import dev.objectos.runtime.plugin.PluginSwitches;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How added plugins are kept running.
 *
 * @param safe whether to leave out all of them
 * @param restarts of those that fail
 * @param later does what cannot be done at once; discards what comes after its end
 * @param switches of those that come with the server
 */
public record PresenceOptions(boolean safe, Restarts restarts, ScheduledExecutorService later,
        PluginSwitches switches) {}
