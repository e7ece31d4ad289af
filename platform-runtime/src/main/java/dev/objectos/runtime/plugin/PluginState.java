package dev.objectos.runtime.plugin;

/** Where a plugin stands in its life. */
public enum PluginState {
    INSTALLED, LOADED, ENABLED, DISABLED, FAILED, UNINSTALLED
}
