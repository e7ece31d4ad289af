package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database remembers of an added plugin, beside its package.
 *
 * @param state the last one reached, on whichever node
 * @param wanted whether it is to run
 * @param greeted whether its code has been told that it is installed
 * @param reason why it does not run although it is wanted; empty where there is nothing to say
 * @param origin name of the file that it came in
 * @param digest of its package; empty for a folder, which is not kept
 * @param previousVersion the version that this one took the place of; null: none
 * @param installedBy null: nobody, it was found in the folder of plugins
 * @param revision of the decision that this follows from
 */
record KeptPlugin(String id, String version, PluginState state, boolean wanted, boolean greeted, String reason,
        String origin, String digest, @Nullable String previousVersion, @Nullable UUID installedBy, long revision) {

    /** The version that was there before the next one: this, unless its code has never been told that it is. */
    @Nullable
    String greetedVersion() {
        return greeted ? version : previousVersion;
    }

    KeptPlugin in(PluginState next, String why) {
        return new KeptPlugin(id, version, next, wanted, greeted, why, origin, digest, previousVersion, installedBy,
                revision);
    }

    /** To be run, and not yet. */
    KeptPlugin wanted(PluginState next, String why) {
        return new KeptPlugin(id, version, next, true, greeted, why, origin, digest, previousVersion, installedBy,
                revision);
    }

    /** Wanted, and told so. */
    KeptPlugin enabled() {
        return new KeptPlugin(id, version, PluginState.ENABLED, true, true, "", origin, digest, previousVersion,
                installedBy, revision);
    }

    KeptPlugin disabled() {
        return new KeptPlugin(id, version, PluginState.DISABLED, false, greeted, "", origin, digest, previousVersion,
                installedBy, revision);
    }

    KeptPlugin at(long decision) {
        return new KeptPlugin(id, version, state, wanted, greeted, reason, origin, digest, previousVersion,
                installedBy, decision);
    }
}
