package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.resource.LimitProperties;
import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.runtime.spi.PluginFiles;
import dev.objectos.runtime.spi.PluginHttp;
import dev.objectos.runtime.spi.PluginSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.FileSystemUtils;

/**
 * Hands plugins their ways out of the server, each as far as its manifest says. A plugin runs only once what its manifest says
 * is approved.
 */
public final class Grants implements LiveSettings, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);
    private static final String HTTP = "objectos.plugins.http";
    private static final String FILES = "objectos.plugins.files";

    private final PinnedClient client = new PinnedClient();
    private final Map<String, FileRoom> rooms = new ConcurrentHashMap<>();
    private volatile HttpProperties http;
    private volatile FileAccessProperties files;
    private final LimitProperties limits;
    private final Path home;
    private final SecretTable secrets;
    private final MeterRegistry meters;

    public Grants(HttpProperties http, FileAccessProperties files, LimitProperties limits, Path home,
            SecretTable secrets, MeterRegistry meters) {
        this.limits = limits;
        this.http = http;
        this.files = files;
        this.home = home;
        this.secrets = secrets;
        this.meters = meters;
    }

    public PluginHttp http(PluginManifest manifest) {
        return new GrantedHttp(client,
                new Reach(manifest.id(),
                        manifest.permissions().network().stream().map(ApprovedHost::parse).toList(),
                        () -> http.privateNames(), InetAddress::getAllByName),
                () -> http, new HttpMeters(manifest.id(), meters));
    }

    public PluginFiles files(PluginManifest manifest) {
        long quota = limits.grant(manifest.limits()).storage();
        return new GrantedFiles(manifest.id(), manifest.permissions().files(), files.folderOf(manifest.id(), home),
                () -> files.largest().toBytes(), quota, rooms.computeIfAbsent(manifest.id(), this::room));
    }

    private FileRoom room(String plugin) {
        return new FileRoom(plugin, files.folderOf(plugin, home), files.mayBeShared());
    }

    public PluginSecrets secrets(PluginManifest manifest) {
        return new GrantedSecrets(manifest.id(), manifest.permissions().secrets(), secrets);
    }

    /** What is under way ends by what held when it began. */
    @Override
    public List<String> names() {
        return List.of(HTTP, FILES + ".largest");
    }

    @Override
    public void apply(Binder settings) {
        HttpProperties nextHttp = settings.bindOrCreate(HTTP, HttpProperties.class);
        FileAccessProperties nextFiles = settings.bindOrCreate(FILES, FileAccessProperties.class);
        http = nextHttp;
        files = nextFiles;
    }

    /** A plugin is removed: what it could read must be set again, should it come back. */
    public void withdraw(String plugin) {
        secrets.erase(plugin);
    }

    /** Removes the files of a plugin, on this node. */
    public void erase(String plugin) {
        try {
            FileSystemUtils.deleteRecursively(files.folderOf(plugin, home));
        } catch (IOException e) {
            LOG.warn("The files of the plugin {} could not be removed", plugin, e);
        }
        rooms.remove(plugin);
    }

    @Override
    public void close() {
        client.close();
    }
}
