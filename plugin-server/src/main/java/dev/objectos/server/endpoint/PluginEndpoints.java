package dev.objectos.server.endpoint;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.CallGuard;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.server.openapi.PathOperation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Leads requests beneath {@value #PREFIX} to the plugin that the next word names. What serves a plugin is made for it and goes
 * with it, so that nothing of the server's remembers the plugin's classes.
 */
public final class PluginEndpoints extends AbstractHandlerMapping implements EndpointRegistrar, PathOperation.Source {

    /** What the addresses of all added plugins begin with. */
    public static final String PREFIX = "/api/x/";

    private final Map<String, MountedControllers> mounted = new ConcurrentHashMap<>();

    public PluginEndpoints() {
        // After the server's own controllers.
        setOrder(1);
    }

    @Override
    public boolean isController(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, Controller.class);
    }

    @Override
    public AutoCloseable register(String plugin, Collection<Object> controllers, CallGuard guard) {
        var fresh = new MountedControllers(PREFIX + plugin, controllers, guard);
        mounted.put(plugin, fresh);
        return () -> {
            mounted.remove(plugin, fresh);
            fresh.close();
        };
    }

    @Override
    public List<PathOperation> callable(Session session, Catalog catalog) {
        return new TreeMap<>(mounted).entrySet().stream()
                .flatMap(plugin -> plugin.getValue().described(plugin.getKey()).stream()).toList();
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request) throws Exception {
        String path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value();
        if (!path.startsWith(PREFIX)) {
            return null;
        }
        int end = path.indexOf('/', PREFIX.length());
        @Nullable
        MountedControllers controllers = mounted
                .get(end < 0 ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), end));
        @Nullable
        HandlerExecutionChain found = controllers == null ? null : controllers.find(request);
        if (controllers == null || found == null) {
            return null;
        }
        return (HttpRequestHandler) (asked, answer) -> controllers.handle(asked, answer, found.getHandler());
    }
}
