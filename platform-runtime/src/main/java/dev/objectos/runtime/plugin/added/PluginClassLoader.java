package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The classes and resources of one plugin, from the bytes that were verified. Its own come first; the package is refused
 * where it holds classes in packages of the server.
 */
final class PluginClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final PluginPackage content;
    private final URLStreamHandler handler = new Handler();

    PluginClassLoader(PluginPackage content, ClassLoader parent) {
        super("plugin-" + content.manifest().id() + "-" + content.manifest().version(), parent);
        this.content = content;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && content.names().contains(path(name))) {
                known = findClass(name);
            }
            return known == null ? super.loadClass(name, resolve) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = content.content(path(name)).orElseThrow(() -> new ClassNotFoundException(name));
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return content.names().contains(name) ? url(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(Optional.ofNullable(findResource(name)).stream().toList());
    }

    private URL url(String name) {
        try {
            return URL.of(new URI("objectos-plugin", content.manifest().id(), "/" + name, null), handler);
        } catch (URISyntaxException | IOException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** Reads resources out of the package. */
    private final class Handler extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            byte[] bytes = content.content(URI.create(url.toString()).getPath().substring(1))
                    .orElseThrow(() -> new IOException("the plugin has no " + url.getPath()));
            return new URLConnection(url) {

                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
