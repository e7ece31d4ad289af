package dev.objectos.runtime.event;

/**
 * A plugin has gone beyond its limits too often, and something is done about it.
 *
 * @param id the plugin's
 * @param limit the last one that it has exceeded, such as {@code handlerTime}
 * @param measure what is done: {@code throttle}, {@code suspend} or {@code disable}
 * @param message the same for people
 */
public record PluginLimitExceeded(String id, String limit, String measure, String message) implements PlatformEvent {

    @Override
    public String name() {
        return "plugin.limit.exceeded";
    }
}
