package dev.objectos.workflow.diagram;

import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.HashMap;
import java.util.Map;

/** A workflow as a Mermaid state diagram. */
public final class MermaidDiagram {

    private MermaidDiagram() {}

    public static String of(WorkflowDefinition workflow) {
        Map<String, String> ids = new HashMap<>();
        for (String state : workflow.states().keySet()) {
            // Names may be words of Mermaid's own; these are none.
            ids.put(state, "s" + (ids.size() + 1));
        }
        var text = new StringBuilder("stateDiagram-v2\n    direction LR\n");
        for (State state : workflow.states().values()) {
            text.append("    state \"").append(escaped(state.label())).append("\" as ").append(ids.get(state.name()))
                    .append('\n');
        }
        text.append("    [*] --> ").append(ids.get(workflow.initial())).append('\n');
        for (State state : workflow.states().values()) {
            for (Transition transition : state.transitions().values()) {
                text.append("    ").append(ids.get(state.name())).append(" --> ").append(ids.get(transition.target()))
                        .append(" : ").append(escaped(label(transition))).append('\n');
            }
            if (state.last()) {
                text.append("    ").append(ids.get(state.name())).append(" --> [*]\n");
            }
        }
        return text.toString();
    }

    /** What stands at an arrow: the transition, and in brackets what must let it pass. */
    static String label(Transition transition) {
        return transition.guards().isEmpty()
                ? transition.label()
                : transition.label() + " [" + String.join(", ", transition.guards()) + "]";
    }

    /** Everything that is neither letter, digit nor harmless as Mermaid's entity. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " _-.,()[]?!".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
