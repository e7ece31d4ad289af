package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.resolve.Candidate;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Added plugins beside those that come with the server: who can run together, and in which order.
 *
 * @param services what the server itself offers beside the manifests
 */
record PluginLineup(PluginRegistry builtIn, ServiceDirectory services) {

    private static final String RUNTIME = "runtime";

    /** @param chosen with their contents */
    PluginSet set(Collection<AddedPlugin> chosen) {
        return set(builtIn.plugins(), chosen);
    }

    /** The same at the next start of the server. */
    PluginSet nextSet(Collection<AddedPlugin> chosen) {
        return set(builtIn.next(), chosen);
    }

    private PluginSet set(List<PluginDescriptor> own, Collection<AddedPlugin> chosen) {
        Stream<Candidate> first = own.stream()
                .map(plugin -> new Candidate(plugin.manifest(), plugin.root().toString()));
        Stream<Candidate> then = chosen.stream().map(
                plugin -> new Candidate(plugin.manifest(), plugin.kept().origin()));
        return new PluginSet(Stream.concat(first, then).toList(), offered());
    }

    /** By those that come with the server alone: what added plugins offer, their manifests say. */
    private Map<String, Version> offered() {
        var offered = new HashMap<String, Version>();
        for (ServiceDescription service : services.discover(ServiceQuery.EVERYTHING)) {
            if (service.owner().equals(RUNTIME) || builtIn.plugin(service.owner()).isPresent()) {
                offered.merge(service.capability(), Version.parse(service.version()),
                        (a, b) -> a.compareTo(b) < 0 ? b : a);
            }
        }
        return offered;
    }

    /** The contents of those that can run, each after what it needs. */
    List<PluginPackage> ordered(Collection<AddedPlugin> chosen) {
        Map<String, PluginPackage> contents = new HashMap<>();
        for (AddedPlugin plugin : chosen) {
            PluginPackage content = plugin.content();
            if (content != null) {
                contents.put(plugin.id(), content);
            }
        }
        return set(chosen).resolve().ids().stream().filter(contents::containsKey).map(contents::get).toList();
    }
}
