package dev.objectos.runtime.plugin.added;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each run of a plugin meters of its own, which are the server's for as long as it lasts: what measures by the plugin's code would
 * keep it loaded otherwise.
 */
public final class AddedMeters {

    private final MeterRegistry server;
    private final Map<String, List<CompositeMeterRegistry>> open = new HashMap<>();

    public AddedMeters(MeterRegistry server) {
        this.server = server;
    }

    synchronized CompositeMeterRegistry open(String plugin) {
        var own = new CompositeMeterRegistry(server.config().clock(), List.of(server));
        open.computeIfAbsent(plugin, _ -> new ArrayList<>()).add(own);
        return own;
    }

    /** Of a meter that a newer run has too, that one's is shown from now on. */
    synchronized void close(String plugin, CompositeMeterRegistry own) {
        List<CompositeMeterRegistry> others = open.getOrDefault(plugin, List.of());
        others.remove(own);
        own.getMeters().forEach(own::remove);
        others.forEach(newer -> {
            newer.remove(server);
            newer.add(server);
        });
        if (others.isEmpty()) {
            open.remove(plugin);
        }
    }
}
