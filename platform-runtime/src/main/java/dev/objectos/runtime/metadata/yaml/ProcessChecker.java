package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import org.jspecify.annotations.Nullable;

/** Checks of workflows and triggers what can be said without running them. */
final class ProcessChecker {

    private final Findings findings;

    ProcessChecker(Findings findings) {
        this.findings = findings;
    }

    void workflow(Entries workflow, @Nullable ObjectDefinition object) {
        Entries states = workflow.map("states");
        if (states == null && !workflow.has("steps") && !workflow.has("branches")) {
            findings.error(workflow.where(), "the workflow has neither states nor steps",
                    "add states: {draft: {initial: true, transitions: {…}}}");
            return;
        }
        if (states != null) {
            targets(states);
            String written = workflow.text("state_field");
            String field = written == null ? "status" : written;
            if (object != null && !object.fields().containsKey(field)) {
                findings.error(workflow.has("state_field") ? workflow.valueWhere("state_field") : workflow.where(),
                        object.name() + " has no field '" + field + "' to keep the state in",
                        written == null ? "add state_field:" : Spelling.suggest(field, object.fields().keySet()));
            }
        }
    }

    private void targets(Entries states) {
        states.entries().values().forEach(entry -> {
            Entries transitions = entry.value() instanceof Entries state ? state.map("transitions") : null;
            if (transitions == null) {
                return;
            }
            transitions.entries().values().forEach(transition -> {
                Element target = transition.value() instanceof Entries map ? map.get("target") : transition.value();
                if (target instanceof Scalar name && !states.has(name.text())) {
                    findings.error(name.where(), "there is no state '" + name.text() + "'",
                            Spelling.suggest(name.text(), states.entries().keySet()));
                }
            });
        });
    }

    /** What conditions and actions say is for whoever runs triggers. */
    void trigger(Entries trigger) {
        if (!trigger.has("event") && !trigger.has("schedule") && !trigger.has("webhook") && !trigger.has("email")) {
            findings.error(trigger.where(), "nothing sets the trigger off",
                    "add event: afterInsert, or schedule:, webhook: or email:");
        }
    }
}
