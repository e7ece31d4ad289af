package dev.objectos.runtime.event;

import java.util.Locale;

/**
 * A plugin has moved on in its life cycle; its name ends with where it stands now, as in {@code plugin.enabled}.
 *
 * @param id the plugin's
 * @param from the state that it has left, such as {@code LOADED}
 * @param to the state that it is in
 */
public record PluginStateChanged(String id, String version, String from, String to) implements PlatformEvent {

    @Override
    public String name() {
        return "plugin." + to.toLowerCase(Locale.ROOT);
    }
}
