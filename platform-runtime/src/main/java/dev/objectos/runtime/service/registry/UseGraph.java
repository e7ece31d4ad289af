package dev.objectos.runtime.service.registry;

import dev.objectos.runtime.service.ServiceUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who uses whom, to find those who use each other in a circle. */
final class UseGraph {

    private final SortedMap<String, SortedSet<String>> owners = new TreeMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<List<String>> cycles = new ArrayList<>();

    private UseGraph(Collection<ServiceUse> uses) {
        // Whoever uses a service of its own waits for nobody else.
        uses.stream().filter(use -> !use.user().equals(use.owner()))
                .forEach(use -> owners.computeIfAbsent(use.user(), _ -> new TreeSet<>()).add(use.owner()));
    }

    /** A path for each use that closes a circle, ending where it began; empty where there is none. */
    static List<List<String>> cycles(Collection<ServiceUse> uses) {
        var graph = new UseGraph(uses);
        graph.owners.keySet().forEach(plugin -> graph.visit(plugin, new LinkedHashSet<>()));
        return List.copyOf(graph.cycles);
    }

    private void visit(String plugin, Set<String> path) {
        if (!path.add(plugin)) {
            var cycle = new ArrayList<>(path).subList(List.copyOf(path).indexOf(plugin), path.size());
            cycle.add(plugin);
            cycles.add(List.copyOf(cycle));
            return;
        }
        if (!done.contains(plugin)) {
            owners.getOrDefault(plugin, new TreeSet<>()).forEach(owner -> visit(owner, path));
            done.add(plugin);
        }
        path.remove(plugin);
    }
}
