package dev.objectos.runtime.plugin.trust;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a package must be signed. */
public enum TrustMode {

    /** Only what a trusted key signed is opened. */
    STRICT,
    /** Unsigned packages and folders are opened too, with a warning; never those of the tier {@code pro}. */
    DEVELOPMENT;

    /** {@code development} in any letter case; everything else, and nothing, is strict. */
    public static TrustMode of(@Nullable String setting) {
        return setting != null && setting.strip().toLowerCase(Locale.ROOT).equals("development")
                ? DEVELOPMENT
                : STRICT;
    }
}
