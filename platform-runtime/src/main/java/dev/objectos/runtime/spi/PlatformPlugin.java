package dev.objectos.runtime.spi;

/**
 * A plugin's own code in its life cycle; a plugin of YAML alone has none. What a hook throws keeps the step from being
 * taken, and everything stays as it was: so a plugin may refuse to be enabled, disabled or removed. Only where the server
 * stops, a newer version has taken over, or the plugin has failed is it not asked but told, and what it throws is logged. The
 * hooks of added plugins have an own thread and a limited time (60 s unless configured otherwise); running out of it is a
 * failure. The hooks of installing and removing are called for added plugins alone.
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
