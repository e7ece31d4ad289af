package dev.objectos.runtime.plugin.added;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those of one kind that plugins have brought and not taken away; read without a lock. */
final class Joined<T> {

    private final Comparator<? super T> order;
    private final Map<String, List<T>> byPlugin = new LinkedHashMap<>();
    private volatile List<T> all = List.of();

    Joined(Comparator<? super T> order) {
        this.order = order;
    }

    List<T> all() {
        return all;
    }

    /** In the place of what the plugin has brought before. */
    synchronized void join(String plugin, List<T> brought) {
        byPlugin.put(plugin, brought);
        take();
    }

    /** Takes away what was brought, unless something else has taken its place. */
    @SuppressWarnings("ReferenceEquality") // two versions may bring equal lists
    synchronized void leave(String plugin, List<T> brought) {
        if (byPlugin.get(plugin) == brought) {
            byPlugin.remove(plugin);
            take();
        }
    }

    private void take() {
        all = byPlugin.values().stream().flatMap(List::stream).sorted(order).toList();
    }
}
