package dev.objectos.runtime.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plugin has moved on in its life cycle; its name ends with where it stands now, as in {@code plugin.enabled}.
 *
 * @param id the plugin's
 * @param from the state that it has left, such as {@code LOADED}
 * @param to the state that it is in
 * @param by who decided it; null: the platform did by itself, or another node
 */
public record PluginStateChanged(String id, String version, String from, String to,
        @Nullable Initiator by) implements PlatformEvent {

    /** Decided by whoever the thread works for. */
    public PluginStateChanged(String id, String version, String from, String to) {
        this(id, version, from, to, Initiator.current());
    }

    @Override
    public String name() {
        return "plugin." + to.toLowerCase(Locale.ROOT);
    }
}
