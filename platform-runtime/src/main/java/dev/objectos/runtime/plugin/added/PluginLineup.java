package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.resolve.Candidate;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Added plugins beside those that come with the server: who can run together, and in which order. */
record PluginLineup(PluginRegistry builtIn) {

    /** @param chosen with their contents */
    PluginSet set(Collection<AddedPlugin> chosen) {
        Stream<Candidate> first = builtIn.plugins().stream()
                .map(plugin -> new Candidate(plugin.manifest(), plugin.root().toString()));
        Stream<Candidate> then = chosen.stream().map(plugin -> new Candidate(
                Objects.requireNonNull(plugin.content()).manifest(), plugin.kept().origin()));
        return PluginSet.of(Stream.concat(first, then).toList());
    }

    /** The contents of those that can run, each after what it needs. */
    List<PluginPackage> ordered(Collection<AddedPlugin> chosen) {
        return set(chosen).resolve().ids().stream()
                .flatMap(id -> chosen.stream().filter(plugin -> plugin.id().equals(id)))
                .map(plugin -> Objects.requireNonNull(plugin.content())).toList();
    }
}
