package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Because of what a change is made, while an action of a trigger makes it.
 *
 * @param effect names the action of the run, the same in each try
 * @param chain the triggers that led to it, each with its record, outermost first
 * @param late a trigger whose fields are yet to be written, by this very change; null: none
 */
record Cause(String effect, List<String> chain, @Nullable Trigger late) {

    static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

    Cause {
        chain = List.copyOf(chain);
    }

    static @Nullable Cause current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** How a trigger and its record stand in a chain. */
    static String link(String trigger, UUID record) {
        return trigger + "@" + record;
    }

    static List<String> longer(List<String> chain, String link) {
        var longer = new ArrayList<>(chain);
        longer.add(link);
        return longer;
    }
}
