package dev.objectos.server.openapi;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The endpoints that answer in this server: of what is described, that of plugins that are off does not. */
public final class MappedRoutes {

    private static final String ANY = "*";

    private final Set<String> known = new HashSet<>();

    /** Those of all controllers. */
    public MappedRoutes(Collection<? extends RequestMappingInfoHandlerMapping> mappings) {
        mappings.forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(this::add));
    }

    private void add(RequestMappingInfo route) {
        for (String pattern : route.getPatternValues()) {
            if (route.getMethodsCondition().isEmpty()) {
                known.add(key(ANY, pattern));
            }
            route.getMethodsCondition().getMethods().forEach(method -> known.add(key(method.name(), pattern)));
        }
    }

    boolean answers(PathOperation operation) {
        return known.contains(key(operation.method(), operation.path()))
                || known.contains(key(ANY, operation.path()));
    }

    private static String key(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + shape(path);
    }

    /** The path whatever its variables are called. */
    static String shape(String path) {
        return path.replaceAll("\\{[^/}]*}", "{}");
    }
}
