package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSwitches;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginSummary;
import java.util.List;

/**
 * Switches plugins that come with the server on and off, for all nodes: their code is chosen at the start, so each node follows
 * at its next one.
 */
record BuiltInSwitch(PluginRegistry builtIn, PluginRoster roster, PluginStore store, PluginSwitches switches) {

    boolean knows(String id) {
        return builtIn.summary(id).isPresent();
    }

    PluginSummary enable(String id, Session session) {
        requireSwitch(id, true);
        List<String> missing = builtIn.offAmongNeedsOf(id);
        if (!missing.isEmpty()) {
            throw Refusals.needs(id, missing);
        }
        store.decide(id, true, session.userId());
        follow();
        return summary(id);
    }

    /**
     * Those that need a plugin and would be there at the next start, in the order in which they must go.
     *
     * @throws dev.objectos.runtime.PlatformException where it cannot be switched off
     */
    List<String> dependents(String id) {
        requireOff(id);
        return roster.needing(id);
    }

    /** @throws dev.objectos.runtime.PlatformException where it cannot be switched off */
    void requireOff(String id) {
        requireSwitch(id, false);
    }

    void disable(List<String> going, Session session) {
        going.forEach(id -> store.decide(id, false, session.userId()));
        follow();
    }

    /** Knows here what was decided on any node. */
    void follow() {
        switches.follow(store.switches());
    }

    private void requireSwitch(String id, boolean on) {
        String fixed = summary(id).fixed();
        if (!fixed.isEmpty()) {
            throw Refusals
                    .conflict("The plugin " + id + " cannot be switched " + (on ? "on" : "off") + " here: " + fixed);
        }
    }

    private PluginSummary summary(String id) {
        return builtIn.summary(id).orElseThrow(() -> Refusals.unknown(id));
    }
}
