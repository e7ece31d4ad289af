package dev.objectos.runtime.spi;

/**
 * A plugin's own code in its life cycle; a plugin of YAML alone has none. What a hook throws keeps the step from being
 * taken, but for those that end something: their failures are logged. The hooks of installing and removing are called for
 * added plugins alone.
 */
public interface PlatformPlugin {

    /** The id that the plugin's manifest names. */
    String id();

    /** Called once, after the plugin was added for the first time and its tables are there. */
    default void onInstall() {}

    /** Called once its code is loaded, before anything of it takes part. */
    default void onLoad() {}

    /** Called in place of {@link #onInstall} where another version was there before. */
    default void onUpgrade(@SuppressWarnings("unused") String previousVersion) {}

    /** Called once requests are about to be served. */
    default void onEnable() {}

    /** Called before the plugin stops. */
    default void onDisable() {}

    /** Called before the plugin is removed for good. */
    default void onUninstall() {}
}
