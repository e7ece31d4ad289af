package dev.objectos.runtime.coordination;

/** Where every plugin gets its queues, locks and watches. Added plugins are given theirs and never see this. */
public interface Coordination {

    /** What a plugin coordinates with; the same each time. */
    PluginCoordination of(String plugin);

    /** The same for one run of a plugin, which closes it; what another run of the plugin waits for and holds goes on. */
    PluginCoordination open(String plugin);

    /**
     * Deletes the queues of a plugin with all that is in them, its locks, and what it may send to others; for when it is
     * uninstalled.
     */
    void erase(String plugin);
}
