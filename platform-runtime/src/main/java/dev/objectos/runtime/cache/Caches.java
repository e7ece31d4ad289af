package dev.objectos.runtime.cache;

/** Where every plugin gets its own caches. Added plugins are given theirs and never see this. */
public interface Caches {

    /** The caches of a plugin; the same ones each time. */
    PluginCaches of(String plugin);

    /**
     * The caches of one run of a plugin. While it is upgraded another run has others of the same names, with values of its own
     * classes; what one of them invalidates, both forget.
     */
    PluginCaches open(String plugin);
}
