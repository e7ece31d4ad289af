package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What can be done at a path, as OpenAPI describes it.
 *
 * @param method in capitals
 * @param path with its variables in braces
 * @param json the operation
 */
public record PathOperation(String method, String path, Map<String, Object> json) {

    public PathOperation {
        method = method.toUpperCase(Locale.ROOT);
    }

    /** Knows operations that come and go while the server runs. */
    @FunctionalInterface
    public interface Source {

        /** Those that a session may call. */
        List<PathOperation> callable(Session session, Catalog catalog);
    }

    /** The word under which OpenAPI has it at its path. */
    String word() {
        return method.toLowerCase(Locale.ROOT);
    }
}
