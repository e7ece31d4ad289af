package dev.objectos.runtime.plugin.resolve;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plugins that are to run together. Everything here is a pure function of the manifests; nothing throws because of one
 * bad plugin.
 *
 * @param candidates of two with one id the first counts, so built-in ones come first
 * @param offered capabilities that the server itself has, with their versions
 */
public record PluginSet(List<Candidate> candidates, Map<String, Version> offered) {

    public PluginSet {
        candidates = List.copyOf(candidates);
        offered = Map.copyOf(offered);
    }

    public static PluginSet of(List<Candidate> candidates) {
        return new PluginSet(candidates, Map.of());
    }

    /** The order of those that can start, and a reason for each that cannot. */
    public Resolution resolve() {
        return new Resolver(this).resolve();
    }

    /** The others that must be disabled before one is, in this order: nobody loses what it needs while it runs. */
    public List<String> disabledWith(String id) {
        Set<String> left = new HashSet<>(without(id).resolve().ids());
        return resolve().ids().reversed().stream().filter(other -> !left.contains(other) && !other.equals(id))
                .toList();
    }

    /**
     * What would no longer start if a plugin were upgraded, itself included; empty where nothing breaks.
     *
     * @param next the manifest of the new version; a plugin that is not there yet is added
     */
    public List<Exclusion> brokenBy(PluginManifest next) {
        Set<String> running = new HashSet<>(resolve().ids());
        running.add(next.id());
        Resolution after = with(next).resolve();
        return after.excluded().stream()
                .filter(exclusion -> running.contains(exclusion.id()) && after.reason(exclusion.id()).isPresent())
                .toList();
    }

    /** What would break if a plugin had another version and were otherwise the same. */
    public List<Exclusion> brokenBy(String id, Version version) {
        return candidates.stream().map(Candidate::manifest).filter(manifest -> manifest.id().equals(id)).findFirst()
                .map(manifest -> brokenBy(manifest.in(version))).orElse(List.of());
    }

    public PluginSet without(String id) {
        return new PluginSet(candidates.stream().filter(candidate -> !candidate.id().equals(id)).toList(), offered);
    }

    /** With a plugin in place of the one with the same id, or beside the others. */
    public PluginSet with(PluginManifest next) {
        var changed = new ArrayList<Candidate>();
        boolean replaced = false;
        for (Candidate candidate : candidates) {
            boolean same = candidate.id().equals(next.id());
            if (!same || !replaced) {
                changed.add(same ? new Candidate(next, candidate.origin()) : candidate);
            }
            replaced |= same;
        }
        if (!replaced) {
            changed.add(new Candidate(next, next.id() + "-" + next.version()));
        }
        return new PluginSet(changed, offered);
    }
}
