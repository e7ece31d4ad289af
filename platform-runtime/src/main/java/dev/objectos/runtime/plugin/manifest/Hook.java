package dev.objectos.runtime.plugin.manifest;

import java.util.Locale;

/** The steps of its life in which a plugin's own code takes part. */
public enum Hook {

    INSTALL, LOAD, ENABLE, DISABLE, UPGRADE, UNINSTALL;

    /** As code and manifests write it, such as {@code onInstall}. */
    public String method() {
        return "on" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
