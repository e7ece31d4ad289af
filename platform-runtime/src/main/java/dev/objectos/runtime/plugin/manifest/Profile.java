package dev.objectos.runtime.plugin.manifest;

/** The sizes in which a server is run. */
public enum Profile {
    EMBEDDED, LITE, FULL, CLOUD
}
