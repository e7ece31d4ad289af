package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.resolve.Cause;
import dev.objectos.runtime.plugin.resolve.Exclusion;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The added plugins of this node, each where it stands now. Read by everybody, changed by one at a time. */
final class PluginRoster {

    private final PluginLineup lineup;
    private final PluginStore store;
    private final EventBus bus;
    private final Map<String, AddedPlugin> plugins = new ConcurrentSkipListMap<>();

    PluginRoster(PluginLineup lineup, PluginStore store, EventBus bus) {
        this.lineup = lineup;
        this.store = store;
        this.bus = bus;
    }

    Collection<AddedPlugin> all() {
        return plugins.values();
    }

    @Nullable
    AddedPlugin find(String id) {
        return plugins.get(id);
    }

    AddedPlugin get(String id) {
        return Objects.requireNonNull(plugins.get(id), id);
    }

    void put(AddedPlugin plugin) {
        plugins.put(plugin.id(), plugin);
    }

    void remove(String id) {
        plugins.remove(id);
    }

    private List<AddedPlugin> those(Predicate<AddedPlugin> which) {
        return plugins.values().stream().filter(which).toList();
    }

    /** What is to run and can, each after what it needs. */
    List<PluginPackage> wanted() {
        return lineup.ordered(those(AddedPlugin::isWanted));
    }

    PluginSet wantedSet() {
        return lineup.set(those(AddedPlugin::isWanted));
    }

    /** What those that run bring to the catalog, also where something that they need has gone since. */
    List<PluginPackage> standing() {
        return complete(those(AddedPlugin::stands));
    }

    private List<PluginPackage> complete(List<AddedPlugin> chosen) {
        var contents = new ArrayList<>(lineup.ordered(chosen));
        for (AddedPlugin plugin : chosen) {
            PluginPackage content = plugin.content();
            if (content != null && !contents.contains(content)) {
                contents.add(content);
            }
        }
        return contents;
    }

    /** One that waits although what it needs runs now. */
    Optional<AddedPlugin> firstReady() {
        return lineup.ordered(those(plugin -> plugin.runs() || plugin.isWanted())).stream()
                .map(content -> get(content.manifest().id())).filter(plugin -> plugin.state() == PluginState.WAITING)
                .findFirst();
    }

    /** Why a plugin cannot start; of what is there and does not run, it says so. */
    String reason(Exclusion exclusion) {
        return "Plugin " + exclusion.id() + " " + exclusion.causes().stream().map(this::text)
                .collect(Collectors.joining("; "));
    }

    private String text(Cause cause) {
        AddedPlugin there = cause instanceof Cause.Missing(String needed, _) ? plugins.get(needed) : null;
        return there == null
                ? cause.text()
                : "needs " + there.id() + ", which does not run: " + (there.kept().reason().isEmpty()
                        ? "it is " + there.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        : there.kept().reason());
    }

    /** Those that run, those that are about to, and those that wait. */
    PluginSet presentSet() {
        return lineup.set(those(plugin -> plugin.stands() || plugin.isWanted()));
    }

    /** Whether a plugin needs something that is not there. */
    boolean lacksSomething(AddedPlugin plugin) {
        return plugin.content() != null && presentSet().brokenBy(plugin.manifest()).stream()
                .anyMatch(exclusion -> exclusion.id().equals(plugin.id()));
    }

    /** What stands, with a plugin in the place of its earlier version. */
    List<PluginPackage> with(AddedPlugin plugin) {
        var chosen = new ArrayList<>(those(other -> other.stands() && !other.id().equals(plugin.id())));
        chosen.add(plugin);
        return complete(chosen);
    }

    /** What runs or is to run, with a plugin in the place of its earlier version: among these its own objects show. */
    List<PluginPackage> beside(AddedPlugin plugin) {
        var chosen = new ArrayList<>(those(
                other -> (other.stands() || other.isWanted()) && !other.id().equals(plugin.id())));
        chosen.add(plugin);
        return complete(chosen);
    }

    /** What stands, without some. */
    List<PluginPackage> without(Collection<String> ids) {
        return standing().stream().filter(content -> !ids.contains(content.manifest().id())).toList();
    }

    /** The others that need a running plugin and run, in the order in which they must go. */
    List<String> dependents(String id) {
        return lineup.set(those(AddedPlugin::stands)).disabledWith(id).stream().filter(plugins::containsKey).toList();
    }

    /** The others, built in or added, that need a plugin which comes with the server, and would be there at its next start. */
    List<String> needing(String id) {
        return lineup.nextSet(those(AddedPlugin::stands)).disabledWith(id);
    }

    /** Remembers and tells where a plugin stands now. */
    void move(AddedPlugin next) {
        AddedPlugin before = get(next.id());
        put(next);
        store.note(next.kept());
        announce(next.kept(), before.state());
    }

    /** Remembers and tells what an administrator wants of a plugin. */
    void decide(AddedPlugin next) {
        AddedPlugin before = get(next.id());
        put(next.remembering(store.decide(next.kept())));
        announce(next.kept(), before.state());
    }

    void announce(KeptPlugin plugin, PluginState from) {
        if (plugin.state() != from) {
            bus.publish(new PluginStateChanged(plugin.id(), plugin.version(), from.name(), plugin.state().name()));
        }
    }
}
