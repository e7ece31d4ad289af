package dev.objectos.server.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An endpoint of code that comes and goes, of which nothing is known but what its signature says.
 *
 * @param name unique
 * @param owner the plugin whose code it is
 * @param path with its variables in braces
 * @param asks parameters of the address by name, in {@link Notation}
 * @param takesBody whether it reads one
 * @param produces media types; empty: JSON
 */
public record CodeEndpoint(String name, String owner, String method, String path, Map<String, Object> asks,
        boolean takesBody, List<String> produces) {

    /** The endpoint as OpenAPI describes it. */
    public PathOperation operation() {
        var written = new LinkedHashMap<String, Object>();
        written.put("operationId", name.replaceAll("[^A-Za-z0-9_]", "_"));
        written.put("summary", name);
        written.put("asks", asks);
        if (takesBody) {
            written.put("takes?", "any");
        }
        var types = new LinkedHashMap<String, Object>();
        produces.forEach(type -> types.put(type, "any"));
        written.put("gives", types.isEmpty() ? "any" : Map.of("$as", types));
        return new OperationReader(method.toLowerCase(Locale.ROOT), path, written).read(owner).operation();
    }
}
