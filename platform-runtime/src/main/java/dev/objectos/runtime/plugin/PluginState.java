package dev.objectos.runtime.plugin;

/** Where a plugin stands in its life. */
public enum PluginState {
    INSTALLED,
    /** It asks for more than an administrator has approved. */
    AWAITING_APPROVAL,
    /** It needs something that is not there yet, and starts once it is. */
    WAITING, LOADED, ENABLED,
    /** It has failed, and is started again after a pause. */
    RESTARTING, DISABLED,
    /** It cannot run, or was started again too often. */
    FAILED, UNINSTALLED
}
