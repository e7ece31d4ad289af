package dev.objectos.runtime.plugin.manifest;

/** The steps of its life in which a plugin's own code takes part. */
public enum Hook {
    INSTALL, LOAD, ENABLE, DISABLE, UPGRADE, UNINSTALL
}
