package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transitions that workflows bring, by object: permissions name them as they name actions. */
final class TransitionNames {

    private final Map<String, Set<String>> byObject = new HashMap<>();

    TransitionNames(List<Part> parts) {
        for (Part part : parts) {
            if (part.kind() == MetadataKind.WORKFLOW && part.content() instanceof Entries workflow) {
                String written = workflow.text("object");
                String object = ObjectAssembly.canonical(written == null ? part.located().stem() : written);
                Set<String> names = byObject.computeIfAbsent(object, _ -> new LinkedHashSet<>());
                states(workflow.get("states")).forEach(state -> {
                    Entries transitions = state.map("transitions");
                    if (transitions != null) {
                        names.addAll(transitions.entries().keySet());
                    }
                });
            }
        }
    }

    Set<String> of(String object) {
        return byObject.getOrDefault(object, Set.of());
    }

    /** States stand by name, or in a list. */
    private static List<Entries> states(@Nullable Element written) {
        var states = new ArrayList<Entries>();
        if (written instanceof Entries map) {
            map.entries().values().forEach(entry -> {
                if (entry.value() instanceof Entries state) {
                    states.add(state);
                }
            });
        } else if (written instanceof Items items) {
            items.elements().forEach(element -> {
                if (element instanceof Entries state) {
                    states.add(state);
                }
            });
        }
        return states;
    }
}
