package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSwitches;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginSummary;
import java.util.List;
import java.util.stream.Stream;

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
        return decide(id, true, session);
    }

    /** @return those that are off at the next start: this one, and with {@code cascade} those that need it */
    List<String> disable(String id, boolean cascade, Session session) {
        requireSwitch(id, false);
        List<String> dependents = roster.needing(id).stream().filter(dependent -> !goes(dependent)).toList();
        if (!cascade && !dependents.isEmpty()) {
            throw Refusals.needed(id, dependents);
        }
        decide(id, false, session);
        return Stream.concat(dependents.stream(), Stream.of(id)).toList();
    }

    /** Whether one that is on is off at the next start. */
    private boolean goes(String id) {
        return builtIn.summary(id).filter(plugin -> !plugin.switches().isEmpty()).isPresent();
    }

    /** Knows here what was decided on any node. */
    void follow() {
        switches.follow(store.switches());
    }

    private PluginSummary decide(String id, boolean on, Session session) {
        store.decide(id, on, session.userId());
        follow();
        return summary(id);
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
