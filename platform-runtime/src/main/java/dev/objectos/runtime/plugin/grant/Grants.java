package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.runtime.spi.PluginFiles;
import dev.objectos.runtime.spi.PluginHttp;
import dev.objectos.runtime.spi.PluginSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Of the server's own making, so that none keeps a plugin's class loader. */
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon()
            .inheritInheritableThreadLocals(false).name("objectos-plugin-http-", 1).factory());
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT).executor(threads).build();
    private volatile HttpProperties http;
    private volatile FileAccessProperties files;
    private final Path home;
    private final SecretTable secrets;
    private final MeterRegistry meters;

    public Grants(HttpProperties http, FileAccessProperties files, Path home, SecretTable secrets,
            MeterRegistry meters) {
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
        return new GrantedFiles(manifest.id(), manifest.permissions().files(), files.folderOf(manifest.id(), home),
                () -> files.largest().toBytes());
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
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
