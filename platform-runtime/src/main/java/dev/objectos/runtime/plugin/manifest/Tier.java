package dev.objectos.runtime.plugin.manifest;

/** Whom a plugin is for and who stands behind it; only {@link #PRO} has an effect. */
public enum Tier {

    SYSTEM, BUSINESS, COMMUNITY, FREE, BASIC, PRO;

    /** Whether it never runs unsigned, whatever the server allows otherwise. */
    public boolean needsSignature() {
        return this == PRO;
    }
}
