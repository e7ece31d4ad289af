package dev.objectos.runtime.cache;

import java.util.UUID;

/** Where every plugin gets its own caches. Added plugins are given theirs and never see this. */
public interface Caches {

    /** The caches of a plugin; the same ones each time. */
    PluginCaches of(String plugin);

    /**
     * The caches of one run of a plugin. While it is upgraded another run has others of the same names, with values of its own
     * classes; what one of them invalidates, both forget.
     */
    PluginCaches open(String plugin);

    /**
     * Forgets everything of a tenant that is gone, in all caches, on all nodes and wherever nodes share it.
     *
     * @throws dev.objectos.runtime.PlatformException {@code UNAVAILABLE} where what they share cannot be reached at the moment
     */
    void eraseTenant(UUID tenant);
}
