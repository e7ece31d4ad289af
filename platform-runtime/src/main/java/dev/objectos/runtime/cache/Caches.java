package dev.objectos.runtime.cache;

/** Where every plugin gets its own caches. Added plugins are given theirs and never see this. */
public interface Caches {

    /** The caches of a plugin; the same ones each time. */
    PluginCaches of(String plugin);
}
