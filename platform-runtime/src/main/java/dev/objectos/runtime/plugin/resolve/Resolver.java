package dev.objectos.runtime.plugin.resolve;

import dev.objectos.runtime.plugin.manifest.Requirement;
import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.manifest.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes out whoever lacks something until everybody left has what it needs, then puts them in order. What stands in
 * circles is taken out too, and the rest is looked at again.
 */
final class Resolver {

    private final Map<String, Version> offered;
    private final Map<String, Candidate> live = new TreeMap<>();
    private final Map<String, Exclusion> broken = new TreeMap<>();
    private final List<Exclusion> duplicates = new ArrayList<>();

    Resolver(PluginSet plugins) {
        offered = plugins.offered();
        for (Candidate candidate : plugins.candidates()) {
            Candidate first = live.putIfAbsent(candidate.id(), candidate);
            if (first != null) {
                duplicates.add(new Exclusion(candidate,
                        List.of(new Cause.Duplicate(candidate.origin(), first.origin()))));
            }
        }
    }

    Resolution resolve() {
        while (true) {
            excludeUnmet();
            Set<String> order = schedule();
            if (order.size() == live.size()) {
                var excluded = new ArrayList<>(broken.values());
                excluded.addAll(duplicates);
                excluded.sort(Comparator.comparing(Exclusion::id));
                return new Resolution(order.stream().map(this::alive).toList(), excluded);
            }
            excludeCircle(order);
        }
    }

    private Candidate alive(String id) {
        return Objects.requireNonNull(live.get(id));
    }

    private void excludeUnmet() {
        var unmet = new LinkedHashMap<String, Exclusion>();
        do {
            unmet.clear();
            for (Candidate candidate : live.values()) {
                List<Cause> causes = causes(candidate);
                if (!causes.isEmpty()) {
                    unmet.put(candidate.id(), new Exclusion(candidate, causes));
                }
            }
            broken.putAll(unmet);
            live.keySet().removeAll(unmet.keySet());
        } while (!unmet.isEmpty());
    }

    private List<Cause> causes(Candidate candidate) {
        var causes = new ArrayList<Cause>();
        candidate.manifest().dependencies().forEach((needed, requirement) -> {
            Candidate dependency = live.get(needed);
            Exclusion exclusion = broken.get(needed);
            VersionRange range = requirement.range();
            if (dependency != null) {
                Version installed = dependency.manifest().version();
                if (!range.contains(installed)) {
                    causes.add(new Cause.WrongVersion(needed, range, installed));
                }
            } else if (!requirement.optional()) {
                causes.add(exclusion == null
                        ? new Cause.Missing(needed, range)
                        : new Cause.Broken(needed, exclusion.root()));
            }
        });
        needs(candidate).forEach((capability, range) -> {
            if (!isOffered(capability, range) && providers(capability, range).isEmpty()) {
                causes.add(new Cause.MissingCapability(capability, range, unhelpful(capability, range)));
            }
        });
        return causes;
    }

    private static Map<String, VersionRange> needs(Candidate candidate) {
        var needs = new LinkedHashMap<String, VersionRange>();
        candidate.manifest().capabilities().needs().forEach((capability, requirement) -> {
            if (!requirement.optional()) {
                needs.put(capability, requirement.range());
            }
        });
        return needs;
    }

    private boolean isOffered(String capability, VersionRange range) {
        Version version = offered.get(capability);
        return version != null && range.contains(version);
    }

    /** Who can start and offers a capability, by id. */
    private List<String> providers(String capability, VersionRange range) {
        return live.values().stream().filter(candidate -> {
            Version version = candidate.manifest().capabilities().offers().get(capability);
            return version != null && range.contains(version);
        }).map(Candidate::id).toList();
    }

    private List<String> unhelpful(String capability, VersionRange range) {
        var offers = new ArrayList<String>();
        Version own = offered.get(capability);
        if (own != null) {
            offers.add("the server has it as " + own);
        }
        for (Candidate candidate : live.values()) {
            Version version = candidate.manifest().capabilities().offers().get(capability);
            if (version != null && !range.contains(version)) {
                offers.add(candidate.id() + " has it as " + version);
            }
        }
        for (Exclusion exclusion : broken.values()) {
            if (exclusion.candidate().manifest().capabilities().offers().containsKey(capability)) {
                offers.add(exclusion.id() + " has it and cannot start");
            }
        }
        return offers;
    }

    /** As many as can be put in order; each also after what it merely likes to have, where that is possible. */
    private Set<String> schedule() {
        var placed = new LinkedHashSet<String>();
        while (placed.size() < live.size()) {
            List<String> ready = live.values().stream()
                    .filter(candidate -> !placed.contains(candidate.id()) && isReady(candidate, placed))
                    .map(Candidate::id).toList();
            if (ready.isEmpty()) {
                return placed;
            }
            placed.add(ready.stream().filter(id -> hasAllItLikes(alive(id), placed)).findFirst()
                    .orElse(ready.getFirst()));
        }
        return placed;
    }

    private boolean isReady(Candidate candidate, Set<String> placed) {
        return awaited(candidate, placed) == null;
    }

    /** Something that must come first and has not; null where nothing must. */
    private @Nullable String awaited(Candidate candidate, Set<String> placed) {
        for (Map.Entry<String, Requirement> dependency : candidate.manifest().dependencies().entrySet()) {
            if (!dependency.getValue().optional() && !placed.contains(dependency.getKey())) {
                return dependency.getKey();
            }
        }
        for (Map.Entry<String, VersionRange> need : needs(candidate).entrySet()) {
            List<String> providers = providers(need.getKey(), need.getValue());
            if (!isOffered(need.getKey(), need.getValue()) && !providers.contains(candidate.id())
                    && providers.stream().noneMatch(placed::contains)) {
                return providers.getFirst();
            }
        }
        return null;
    }

    /** Each that could not be placed waits for another such, so following them ends in a circle. */
    private void excludeCircle(Set<String> placed) {
        String id = live.keySet().stream().filter(other -> !placed.contains(other)).findFirst().orElseThrow();
        var path = new ArrayList<String>();
        while (!path.contains(id)) {
            path.add(id);
            id = Objects.requireNonNull(awaited(alive(id), placed));
        }
        List<String> circle = path.subList(path.indexOf(id), path.size());
        for (String member : circle) {
            int at = circle.indexOf(member);
            var fromHere = new ArrayList<>(circle.subList(at, circle.size()));
            fromHere.addAll(circle.subList(0, at));
            broken.put(member, new Exclusion(alive(member), List.of(new Cause.Circle(fromHere))));
        }
        circle.forEach(live::remove);
    }

    private boolean hasAllItLikes(Candidate candidate, Set<String> placed) {
        boolean dependencies = candidate.manifest().dependencies().keySet().stream()
                .allMatch(needed -> !live.containsKey(needed) || placed.contains(needed));
        return dependencies && candidate.manifest().capabilities().needs().entrySet().stream()
                .allMatch(need -> providers(need.getKey(), need.getValue().range()).stream()
                        .allMatch(id -> id.equals(candidate.id()) || placed.contains(id)));
    }
}
