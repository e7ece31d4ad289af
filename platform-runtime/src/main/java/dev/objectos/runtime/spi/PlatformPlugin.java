package dev.objectos.runtime.spi;

/** A plugin's own code in its life cycle; a plugin of YAML alone has none. */
public interface PlatformPlugin {

    /** The id that the plugin's manifest names. */
    String id();

    /** Called once requests are about to be served. */
    default void onEnable() {}

    /** Called before the plugin stops. */
    default void onDisable() {}
}
