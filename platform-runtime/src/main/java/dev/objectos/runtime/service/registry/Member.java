package dev.objectos.runtime.service.registry;

/** One who offers and uses services: a plugin, or one of its runs. Guarded by the registry's lock. */
final class Member {

    private final String plugin;
    private boolean gone;

    Member(String plugin) {
        this.plugin = plugin;
    }

    String plugin() {
        return plugin;
    }

    void leave() {
        gone = true;
    }

    void requirePresent() {
        if (gone) {
            throw new IllegalStateException("This run of the plugin " + plugin
                    + " has ended, and neither offers nor uses services any more");
        }
    }
}
