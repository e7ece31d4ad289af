package dev.objectos.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the interface, as a file describes it: OpenAPI 3.1 whose schemas are in {@link Notation} and whose operations are
 * those of {@link OperationReader}.
 *
 * @param tags what operations are sorted under; one that says nothing is under the first
 * @param components by kind and name
 */
record ApiPart(List<Map<String, Object>> tags, List<DescribedOperation> operations,
        Map<String, Map<String, Object>> components) {

    private static final Set<String> KEYS = Set.of("tags", "paths", "components");
    private static final String SCHEMAS = "schemas";

    ApiPart {
        tags = List.copyOf(tags);
        operations = List.copyOf(operations);
    }

    /** @throws IllegalArgumentException where it says what is not understood */
    static ApiPart read(@Nullable Object written) {
        Map<String, Object> file = Tree.of(written);
        if (!KEYS.containsAll(file.keySet())) {
            throw new IllegalArgumentException("A part has tags, paths and components, not " + file.keySet());
        }
        List<Map<String, Object>> tags = Tree.list(file.get("tags")).stream().map(Tree::of).toList();
        var operations = new ArrayList<DescribedOperation>();
        Tree.of(file.get("paths")).forEach((path, methods) -> Tree.of(methods)
                .forEach((method, operation) -> operations.add(operation(path, method, operation, tags))));
        var components = new LinkedHashMap<String, Map<String, Object>>();
        Tree.of(file.get("components")).forEach((kind, named) -> {
            Map<String, Object> read = Tree.of(named);
            if (kind.equals(SCHEMAS)) {
                read.replaceAll((_, schema) -> Notation.schema(schema));
            }
            components.put(kind, read);
        });
        return new ApiPart(tags, operations, components);
    }

    private static DescribedOperation operation(String path, String method, Object written,
            List<Map<String, Object>> tags) {
        try {
            return new OperationReader(method, path, Tree.of(written))
                    .read(String.valueOf(tags.getFirst().get("name")));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(method + " " + path + ": " + e.getMessage(), e);
        }
    }
}
