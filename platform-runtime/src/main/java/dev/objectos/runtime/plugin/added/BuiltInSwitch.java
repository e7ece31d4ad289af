package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSwitches;
import dev.objectos.runtime.spi.PluginSummary;
import java.util.List;
import java.util.stream.Stream;

/** Switches plugins that come with the server on and off: their code is chosen at the start, so they follow at the next one. */
record BuiltInSwitch(PluginRegistry builtIn, PluginRoster roster, PluginSwitches switches) {

    boolean knows(String id) {
        return builtIn.summary(id).isPresent();
    }

    PluginSummary enable(String id) {
        return decide(id, true);
    }

    /** @return those that are off at the next start: this one, and with {@code cascade} those that need it */
    List<String> disable(String id, boolean cascade) {
        requireSwitch(id, false);
        List<String> dependents = roster.needing(id);
        if (!cascade && !dependents.isEmpty()) {
            throw Refusals.needed(id, dependents);
        }
        decide(id, false);
        return Stream.concat(dependents.stream(), Stream.of(id)).toList();
    }

    private PluginSummary decide(String id, boolean on) {
        requireSwitch(id, on);
        switches.set(id, on);
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
