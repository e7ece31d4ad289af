package dev.objectos.runtime.plugin.added;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What plugins see of the server: the platform's open packages and the libraries that it shares. Everything else is as if it
 * were not there, the server's own resources among it.
 */
public final class OpenClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    /** Classes of just these packages. */
    private static final List<String> PACKAGES = List.of("dev.objectos.runtime", "dev.objectos.runtime.spi",
            "dev.objectos.runtime.metadata", "dev.objectos.runtime.query", "dev.objectos.runtime.session",
            "dev.objectos.runtime.expression", "dev.objectos.runtime.event", "dev.objectos.runtime.service",
            "dev.objectos.runtime.storage", "dev.objectos.runtime.cache", "dev.objectos.runtime.coordination");

    /** Classes of these packages and of those below. */
    private static final List<String> TREES = List.of("org.springframework.", "org.slf4j.", "org.jspecify.annotations.",
            "tools.jackson.", "com.fasterxml.jackson.annotation.", "io.micrometer.core.", "io.micrometer.common.",
            "io.micrometer.observation.", "jakarta.annotation.", "jakarta.inject.", "jakarta.servlet.",
            "org.apache.commons.logging.");

    /** Doors to the database, past the platform's own. */
    private static final List<String> CLOSED = List.of("org.springframework.jdbc.", "org.springframework.orm.",
            "org.springframework.transaction.", "org.springframework.data.", "org.springframework.security.",
            "org.springframework.boot.jdbc.", "org.springframework.boot.hibernate.", "org.springframework.boot.jpa.",
            "org.springframework.boot.flyway.", "org.springframework.boot.jooq.", "org.springframework.boot.loader.");

    private final ClassLoader server;

    /** @param server whose classes these are */
    public OpenClasses(ClassLoader server) {
        super("objectos-open", ClassLoader.getPlatformClassLoader());
        this.server = server;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!isOpen(name)) {
            throw new ClassNotFoundException(name + " is not open to plugins");
        }
        return server.loadClass(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return isOpenResource(name) ? server.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return isOpenResource(name) ? server.getResources(name) : Collections.emptyEnumeration();
    }

    /** Class files alone, which Spring reads to find annotations. */
    private static boolean isOpenResource(String name) {
        return name.endsWith(".class")
                && isOpen(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
    }

    static boolean isOpen(String name) {
        int end = name.lastIndexOf('.');
        return PACKAGES.contains(name.substring(0, Math.max(0, end)))
                || TREES.stream().anyMatch(name::startsWith) && CLOSED.stream().noneMatch(name::startsWith);
    }
}
