package dev.objectos.runtime.plugin.protocol;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.PluginProtocol;
import dev.objectos.runtime.spi.ProtocolAdapter;
import dev.objectos.runtime.spi.SessionLeases;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The protocols that added plugins speak at the moment. */
public final class Protocols {

    private final ProtocolProperties properties;
    private final SessionLeases leases;
    private final Set<Spoken> open = ConcurrentHashMap.newKeySet();

    /** @param signIn asked with each credential; empty where nobody can sign in */
    public Protocols(ProtocolProperties properties, Supplier<Optional<SessionLeases>> signIn) {
        this.properties = properties;
        this.leases = credential -> signIn.get().map(known -> known.of(credential)).orElse(Optional::empty);
    }

    /** Those that are spoken, by plugin and name. */
    public List<PluginProtocol> spoken() {
        return open.stream().map(Spoken::described)
                .sorted(Comparator.comparing(PluginProtocol::plugin).thenComparing(PluginProtocol::name)).toList();
    }

    /**
     * Listens for an adapter until the answer is closed.
     *
     * @param classes of the plugin
     * @throws PlatformException {@code INVALID_PLUGIN} where the plugin's manifest does not ask for the port, or the server cannot
     *         listen there
     */
    public Spoken speak(PluginManifest manifest, ProtocolAdapter adapter, ClientCalls calls, ClassLoader classes) {
        int port = adapter.port();
        String failure = "The plugin " + manifest.id() + " could not start: " + adapter.name()
                + " cannot listen at port " + port;
        if (!manifest.permissions().ports().contains(port)) {
            throw new PlatformException(RuntimeError.INVALID_PLUGIN, failure
                    + ", for which its manifest must ask under permissions.ports, and an administrator approve that");
        }
        try {
            var spoken = new Spoken(manifest.id(), adapter,
                    new OpenPort(adapter, properties, leases, calls, classes).opened());
            open.add(spoken);
            return spoken;
        } catch (IOException e) {
            throw new PlatformException(RuntimeError.INVALID_PLUGIN, failure + " of "
                    + properties.address().getHostAddress() + ": " + e.getMessage(), e);
        }
    }

    /** One adapter that is listened for, and the probe that says how it is doing. */
    public final class Spoken implements HealthProbe, AutoCloseable {

        private final String plugin;
        private final ProtocolAdapter adapter;
        private final OpenPort port;

        private Spoken(String plugin, ProtocolAdapter adapter, OpenPort port) {
            this.plugin = plugin;
            this.adapter = adapter;
            this.port = port;
        }

        @Override
        public String name() {
            return adapter.name();
        }

        @Override
        public HealthResult check() throws Exception {
            return port.listens()
                    ? adapter.check()
                    : HealthResult.down("the server no longer listens at port " + adapter.port());
        }

        private PluginProtocol described() {
            return new PluginProtocol(plugin, adapter.name(), adapter.protocol(),
                    properties.address().getHostAddress(), adapter.port(), port.clients());
        }

        @Override
        public void close() {
            open.remove(this);
            port.close();
        }
    }
}
